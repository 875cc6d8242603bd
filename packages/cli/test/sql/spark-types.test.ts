import { describe, expect, it } from 'vitest';
import { duckdbType } from '../../src/commands/sql/spark-types.ts';
import { valueType } from '../../src/output/table/value-type.ts';

describe('duckdbType', () => {
  it.each([
    ['int', 'INTEGER'],
    ['bigint', 'BIGINT'],
    ['timestamp', 'TIMESTAMP WITH TIME ZONE'],
    ['decimal(38,2)', 'DECIMAL(38,2)'],
    ['array<array<float>>', 'FLOAT[][]'],
    ['map<string,decimal(3,2)>', 'MAP(VARCHAR, DECIMAL(3,2))'],
    ['struct<a:int,`b ``c, d`:array<struct<e:string>>>', 'STRUCT("a" INTEGER, "b `c, d" STRUCT("e" VARCHAR)[])'],
    ['interval day to second', 'INTERVAL DAY TO SECOND'],
    ['array<', '[]'],
  ])('%s is %s', (spark, duckdb) => {
    expect(duckdbType(spark)).toBe(duckdb);
  });

  it('boxes and scores are read as such by what prints them', () => {
    expect(valueType(duckdbType('array<struct<box:struct<xmin:double>,scores:array<float>>>'))).toEqual({
      kind: 'list',
      of: {
        kind: 'struct',
        fields: [
          {
            name: 'box',
            type: { kind: 'struct', fields: [{ name: 'xmin', type: { kind: 'plain', name: 'DOUBLE' } }] },
          },
          { name: 'scores', type: { kind: 'list', of: { kind: 'plain', name: 'FLOAT' } } },
        ],
      },
    });
  });
});
