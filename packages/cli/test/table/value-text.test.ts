import type { SqlValue } from '@qualm/sql';
import { describe, expect, it } from 'vitest';
import { jsonText } from '../../src/commands/sql/json-text.ts';
import { valueText } from '../../src/output/table/value-text.ts';
import { valueType } from '../../src/output/table/value-type.ts';

const image = 'STRUCT(uri VARCHAR, "data" BLOB)';
const box = 'STRUCT(xmin FLOAT, ymin FLOAT, xmax FLOAT, ymax FLOAT)';
const edges = { xmin: 12.4, ymin: 30.6, xmax: 200, ymax: 240 };
const detection = `STRUCT(box ${box}, score FLOAT, label_id INTEGER, "label" VARCHAR)`;
const found = { box: edges, score: 0.5, label_id: 1, label: 'dog' };

type Case = readonly [value: SqlValue, type: string, text: string];

function byType(cases: readonly Case[]): [type: string, text: string, value: SqlValue][] {
  return cases.map(([value, type, text]) => [type, text, value]);
}

describe('valueText(value, type)', () => {
  it.each(
    byType([
      [null, 'INTEGER', 'NULL'],
      [true, 'BOOLEAN', 'true'],
      [Math.fround(0.1), 'FLOAT', '0.1'],
      [1 / 3, 'DOUBLE', '0.333333'],
      [1234567.891, 'DOUBLE', '1234567.89'],
      [1e-9 / 3, 'DOUBLE', '3.33333e-10'],
      [1e20, 'DOUBLE', '100000000000000000000'],
      [NaN, 'DOUBLE', 'NaN'],
      [9007199254740993n, 'BIGINT', '9007199254740993'],
      ['a\u001b[2J\nb', 'VARCHAR', 'a\\x1b[2J\\x0ab'],
      [new Date('2024-02-03'), 'DATE', '2024-02-03'],
      [new Date('2024-02-03T04:05:06Z'), 'TIMESTAMP', '2024-02-03 04:05:06'],
      [new Date('2024-02-03T04:05:06.007Z'), 'TIMESTAMP', '2024-02-03 04:05:06.007'],
      [3_723_000_000, 'TIME', '01:02:03'],
      [86_399_000_500, 'TIME', '23:59:59.0005'],
      [Float32Array.of(0.81, 0.07, 0.02, 0), 'FLOAT[]', '[0.81 0.07 ... 4]'],
      [[1, null, 3], 'INTEGER[]', '[1 NULL 3]'],
      [['cat', 'dog'], 'VARCHAR[]', '[cat, dog]'],
      [[], 'VARCHAR[]', '[]'],
      [Uint8Array.of(1, 2), 'BLOB', '<2 bytes>'],
      [new Uint8Array(12_345), 'BLOB', '<12.3 kB>'],
      [Uint8Array.of(1, 2), 'UTINYINT[]', '[1 2]'],
      [{ uri: 'photos/a.jpg', data: null }, image, 'photos/a.jpg'],
      [{ uri: null, data: Uint8Array.of(1) }, image, '<1 bytes>'],
      [edges, box, '(12 31 200 240)'],
      [found, detection, 'dog 0.50 (12 31 200 240)'],
      [[found], `${detection}[]`, '[dog 0.50 (12 31 200 240)]'],
      [
        { box: edges, scores: Float32Array.of(0.5, 0.25), label_ids: Int32Array.of(7, 1), label: null },
        `STRUCT(box ${box}, scores FLOAT[], label_ids INTEGER[], "label" VARCHAR)`,
        '7 0.50 (12 31 200 240)',
      ],
      [{ a: 1, b: { c: 'x' } }, 'STRUCT(a INTEGER, b STRUCT(c VARCHAR))', '{a: 1, b: {c: x}}'],
      [{ k: Math.fround(0.1) }, 'MAP(VARCHAR, FLOAT)', '{k: 0.1}'],
    ]),
  )('%s: %s', (type, text, value) => {
    expect(valueText(value, valueType(type))).toBe(text);
  });
});

describe('jsonText(value, type)', () => {
  it.each(
    byType([
      [null, 'INTEGER', 'null'],
      [NaN, 'DOUBLE', 'null'],
      [Math.fround(0.1), 'FLOAT', '0.1'],
      [Math.fround(0.1), 'DOUBLE', '0.10000000149011612'],
      [9007199254740993n, 'BIGINT', '9007199254740993'],
      ['a"\n', 'VARCHAR', '"a\\"\\n"'],
      [new Date('2024-02-03'), 'DATE', '"2024-02-03"'],
      [new Date('2024-02-03T04:05:06Z'), 'TIMESTAMP', '"2024-02-03T04:05:06.000Z"'],
      [3_723_000_000, 'TIME', '"01:02:03"'],
      [Float32Array.of(0.81, NaN), 'FLOAT[]', '[0.81,null]'],
      [Uint8Array.of(1, 2), 'BLOB', '"AQI="'],
      [{ uri: 'a.jpg', data: null }, image, '"a.jpg"'],
      [{ uri: null, data: Uint8Array.of(1) }, image, '{"uri":null,"data":"AQ=="}'],
      [{ score: Math.fround(0.1) }, 'STRUCT(score FLOAT)', '{"score":0.1}'],
      [[], 'VARCHAR[]', '[]'],
    ]),
  )('%s: %s', (type, text, value) => {
    expect(jsonText(value, valueType(type))).toBe(text);
  });
});
