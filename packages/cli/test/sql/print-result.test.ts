import { PassThrough } from 'node:stream';
import type { SqlBatch, SqlColumn, SqlValue } from '@qualm/sql';
import { describe, expect, it } from 'vitest';
import { printResult } from '../../src/commands/sql/print-result.ts';
import type { PrintableResult, PrintOptions } from '../../src/commands/sql/print-result.ts';

function resultOf(
  columns: readonly SqlColumn[],
  batches: readonly (readonly (readonly SqlValue[])[])[],
): PrintableResult {
  const read = async function* (): AsyncGenerator<SqlBatch> {
    for (const rows of batches) {
      await Promise.resolve();
      yield { length: rows.length, value: (column, row) => rows[row]![column]! } as SqlBatch;
    }
  };
  return { columns, [Symbol.asyncIterator]: read };
}

const columns: SqlColumn[] = [
  { name: 'n', type: 'INTEGER' },
  { name: 'text', type: 'VARCHAR' },
];
const batches = [
  [
    [1, 'a,"b"'],
    [2, null],
  ],
  [[3, '=1+1']],
];

async function printed(options: Partial<PrintOptions>, result = resultOf(columns, batches)): Promise<[string, object]> {
  const stdout = new PassThrough();
  const counts = await printResult(result, { mode: 'table', limit: Infinity, ...options }, { stdout });
  return [(stdout.read() as Buffer | null)?.toString() ?? '', counts];
}

describe('printResult(result, options)', () => {
  it.each([
    ['table', 'n │ text\n──┼──────\n1 │ a,"b"\n2 │ NULL\n3 │ =1+1\n', 5],
    ['csv', 'n,text\r\n1,"a,""b"""\r\n2,\r\n3,\'=1+1\r\n', 4],
    ['json', '[{"n":1,"text":"a,\\"b\\""},\n{"n":2,"text":null},\n{"n":3,"text":"=1+1"}]\n', 3],
    ['ndjson', '{"n":1,"text":"a,\\"b\\""}\n{"n":2,"text":null}\n{"n":3,"text":"=1+1"}\n', 3],
  ] as const)('%s', async (mode, text, lines) => {
    const [shown, counts] = await printed({ mode });
    expect(shown).toBe(text);
    expect(shown.trimEnd().split('\n')).toHaveLength(lines);
    expect(counts).toEqual({ rows: 3, printed: 3, hidden: [] });
  });

  it.each([
    ['table', 'n │ text\n──┼─────\n'],
    ['csv', 'n,text\r\n'],
    ['json', '[]\n'],
    ['ndjson', ''],
  ] as const)('%s without a row', async (mode, text) => {
    expect((await printed({ mode }, resultOf(columns, [])))[0]).toBe(text);
  });

  it.each(['table', 'csv', 'json', 'ndjson'] as const)(
    '%s prints as many rows as asked, and counts all',
    async (mode) => {
      const seen: unknown[] = [];
      const [shown, counts] = await printed({ mode, limit: 1, onRows: (rows) => seen.push(...rows) });
      expect(shown).toMatch(/^[^23]*$/);
      expect(counts).toEqual({ rows: 3, printed: 1, hidden: [] });
      expect(seen).toEqual(batches.flat());
    },
  );

  it('a plan is printed as it is drawn', async () => {
    const plan = ['explain_key', 'explain_value'].map((name) => ({ name, type: 'VARCHAR' }));
    expect((await printed({}, resultOf(plan, [[['physical_plan', '┌─┐\n└─┘']]])))[0]).toBe('┌─┐\n└─┘\n');
  });

  it('CSV has images as URIs, floats as short decimals, and JSON for what is nested', async () => {
    const types = ['STRUCT(uri VARCHAR, "data" BLOB)', 'FLOAT', 'FLOAT[]', 'DATE', 'BIGINT', 'BLOB'];
    const values = [
      { uri: 'a.jpg', data: null },
      Math.fround(0.1),
      Float32Array.of(0.5, 0.1),
      new Date('2024-02-03'),
      9007199254740993n,
      Uint8Array.of(1),
    ];
    const named = types.map((type, at) => ({ name: `c${at}`, type }));
    expect((await printed({ mode: 'csv' }, resultOf(named, [[values]])))[0]).toBe(
      'c0,c1,c2,c3,c4,c5\r\na.jpg,0.1,"[0.5,0.1]",2024-02-03,9007199254740993,AQ==\r\n',
    );
  });
});
