import { describe, expect, it } from 'vitest';
import { isDetectionType, isImageType, isNumeric, valueType } from '../../src/output/table/value-type.ts';

const plain = (name: string): object => ({ kind: 'plain', name });

describe('valueType(text)', () => {
  it.each<[string, object]>([
    ['INTEGER', plain('INTEGER')],
    ['DECIMAL(18,3)', plain('DECIMAL')],
    ['TIMESTAMP WITH TIME ZONE', plain('TIMESTAMP WITH TIME ZONE')],
    ["ENUM('a', 'b)')", plain('ENUM')],
    ['FLOAT[]', { kind: 'list', of: plain('FLOAT') }],
    ['FLOAT[3][]', { kind: 'list', of: { kind: 'list', of: plain('FLOAT') } }],
    ['MAP(VARCHAR, INTEGER[])', { kind: 'map', key: plain('VARCHAR'), value: { kind: 'list', of: plain('INTEGER') } }],
    [
      'STRUCT("a ""b" DECIMAL(2,1), c VARCHAR)',
      {
        kind: 'struct',
        fields: [
          { name: 'a "b', type: plain('DECIMAL') },
          { name: 'c', type: plain('VARCHAR') },
        ],
      },
    ],
    ['', plain('')],
  ])('%s', (text, type) => {
    expect(valueType(text)).toEqual(type);
  });

  it('knows numbers, images and detections', () => {
    expect(['UBIGINT', 'FLOAT', 'DECIMAL(3,1)'].map((text) => isNumeric(valueType(text)))).toEqual([true, true, true]);
    expect(['VARCHAR', 'DATE', 'FLOAT[]'].map((text) => isNumeric(valueType(text)))).toEqual([false, false, false]);
    expect(isImageType(valueType('STRUCT(uri VARCHAR, "data" BLOB)'))).toBe(true);
    const box = 'STRUCT(xmin FLOAT, ymin FLOAT, xmax FLOAT, ymax FLOAT)';
    expect(isDetectionType(valueType(`STRUCT(box ${box}, score FLOAT, label_id INTEGER, "label" VARCHAR)`))).toBe(true);
    expect(isDetectionType(valueType(`STRUCT(box ${box})`))).toBe(false);
  });
});
