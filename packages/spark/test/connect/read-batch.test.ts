import { readFileSync } from 'node:fs';
import { create } from '@bufbuild/protobuf';
import { describe, expect, it } from 'vitest';
import { readBatches } from '../../src/connect/read-batch.ts';
import { sparkType } from '../../src/connect/spark-type.ts';
import { DataType_StructFieldSchema, DataTypeSchema } from '../../src/generated/spark/connect/types_pb.ts';
import type { DataType, DataType_StructField } from '../../src/generated/spark/connect/types_pb.ts';

interface Fixture {
  readonly columns: readonly {
    readonly name: string;
    readonly type: string;
    readonly stream: string;
    readonly values: readonly unknown[];
  }[];
}

const path = new URL('../../fixtures/arrow/columns.json', import.meta.url);
const { columns } = JSON.parse(readFileSync(path, 'utf8')) as Fixture;

/** A type by the name that the fixture has for it. */
function typeOf(name: string): DataType {
  const [, kind, inner] = /^(\w+)(?:\((.*)\))?$/.exec(name)!;
  const of = (kind: DataType['kind']['case'], value: object = {}): DataType =>
    create(DataTypeSchema, { kind: { case: kind, value } } as never);
  if (kind === 'box') return of('struct', { fields: [field('xmin', 'double'), field('label', 'string')] });
  if (kind === 'array') return of('array', { elementType: typeOf(inner!) });
  if (kind === 'map') return of('map', { keyType: typeOf('string'), valueType: typeOf('integer') });
  if (kind === 'decimal') {
    const [precision, scale] = inner!.split(',').map(Number);
    return of('decimal', { precision, scale });
  }
  return of(kind as 'integer');
}

function field(name: string, type: string): DataType_StructField {
  return create(DataType_StructFieldSchema, { name, dataType: typeOf(type), nullable: true });
}

/** A value that JSON has no word for. */
function valueOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(valueOf);
  if (typeof value !== 'object' || value === null) return value;
  const [[kind, of]] = Object.entries(value) as [[string, never]];
  if (kind === 'bigint') return BigInt(of);
  if (kind === 'date') return new Date(of);
  if (kind === 'bytes') return Uint8Array.from(of);
  if (kind === 'Float32Array') return Float32Array.from(of);
  return value;
}

/** The bytes at an odd place of a larger buffer, where gRPC may leave them. */
function unaligned(stream: string, offset: number): Uint8Array {
  const bytes = Buffer.from(stream, 'base64');
  const larger = Buffer.alloc(bytes.length + offset);
  bytes.copy(larger, offset);
  return larger.subarray(offset);
}

describe('readBatches', () => {
  it.each(columns)('$name ($type) has the values that pyarrow wrote', ({ name, type, stream, values }) => {
    for (const offset of [0, 1, 3, 4]) {
      const [batch] = readBatches(unaligned(stream, offset), [field(name, type)]);
      const read = Array.from({ length: batch!.length }, (_, row) => batch!.at(row));
      expect(read).toEqual(values.map((value) => ({ [name]: valueOf(value) })));
    }
  });

  it('refuses other columns than the schema has, and bytes that are no stream', () => {
    const { stream } = columns[0]!;
    const bytes = Buffer.from(stream, 'base64');
    expect(() => readBatches(bytes, [])).toThrow('there are 1 columns; the schema has 0');
    expect(() => readBatches(bytes.subarray(0, 150), [field('tiny', 'byte')])).toThrow();
    expect(() => readBatches(Buffer.alloc(64, 7), [field('tiny', 'byte')])).toThrow();
  });

  it('a field may have any name', () => {
    const boxes = columns.find(({ name }) => name === 'box')!;
    const [batch] = readBatches(Buffer.from(boxes.stream, 'base64'), [field('__proto__', 'box')]);
    expect(Object.keys(batch!.at(0))).toEqual(['__proto__']);
  });
});

describe('sparkType', () => {
  it.each([
    ['long', 'bigint'],
    ['decimal(38,2)', 'decimal(38,2)'],
    ['array(box)', 'array<struct<xmin:double,label:string>>'],
    ['map(string,integer)', 'map<string,int>'],
    ['null', 'void'],
  ])('%s is written %s', (type, text) => {
    expect(sparkType(typeOf(type))).toBe(text);
  });

  it('quotes names of fields that are no names', () => {
    const struct = create(DataTypeSchema, { kind: { case: 'struct', value: { fields: [field('a `b', 'byte')] } } });
    expect(sparkType(struct)).toBe('struct<`a ``b`:tinyint>');
  });
});
