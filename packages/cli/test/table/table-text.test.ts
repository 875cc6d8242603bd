import type { SqlColumn, SqlValue } from '@qualm/sql';
import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { fitText } from '../../src/output/table/fit-text.ts';
import { tableText } from '../../src/output/table/table-text.ts';

const columns: SqlColumn[] = [
  { name: 'image', type: 'STRUCT(uri VARCHAR, "data" BLOB)' },
  { name: 'label', type: 'VARCHAR' },
  { name: 'score', type: 'FLOAT' },
];
const rows: SqlValue[][] = [
  [{ uri: 'photos/street/000000000139.jpg', data: null }, 'person', 0.5],
  [{ uri: 'photos/b.jpg', data: null }, '犬', null],
];

describe('tableText(columns, rows, width)', () => {
  it('has numbers to the right, and as many columns of the screen in every line', () => {
    expect(tableText(columns, rows, 80)).toEqual({
      lines: [
        'image                          │ label  │ score',
        '───────────────────────────────┼────────┼──────',
        'photos/street/000000000139.jpg │ person │   0.5',
        'photos/b.jpg                   │ 犬     │  NULL',
      ],
      hidden: [],
    });
  });

  it('cuts what is too wide, of an image the beginning', () => {
    expect(tableText(columns, rows, 36).lines).toEqual([
      'image               │ label  │ score',
      '────────────────────┼────────┼──────',
      '…t/000000000139.jpg │ person │   0.5',
      'photos/b.jpg        │ 犬     │  NULL',
    ]);
  });

  it('leaves out the last columns where there are too many, and names them', () => {
    expect(tableText(columns, rows, 20)).toMatchObject({ hidden: ['score'] });
  });

  it('has a header where there is no row', () => {
    expect(tableText(columns, [], 80).lines).toEqual(['image │ label │ score', '──────┼───────┼──────']);
  });

  it('leaves out columns that have neither a name nor a value, where there are too many', () => {
    const nameless = ['', '', '', ''].map((name) => ({ name, type: 'VARCHAR' }));
    const { lines, hidden } = tableText(nameless, [], 8);
    expect([lines, hidden]).toEqual([
      ['  │', '──┼──'],
      ['', ''],
    ]);
  });

  it('is never wider than the terminal', () => {
    const cell = fc.string({ unit: 'grapheme', maxLength: 30 });
    const grid = fc
      .integer({ min: 1, max: 6 })
      .chain((width) =>
        fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 4 }),
      );
    fc.assert(
      fc.property(grid, fc.integer({ min: 8, max: 100 }), (cells, width) => {
        const named = cells[0]!.map((name) => ({ name, type: 'VARCHAR' }));
        const { lines, hidden } = tableText(named, cells, width);
        for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(width);
        expect(hidden.length).toBeLessThan(named.length);
      }),
    );
  });
});

describe('fitText(text, columns)', () => {
  it.each([
    ['photographs', 11, 'photographs', 'photographs'],
    ['photographs', 6, 'photo…', '…raphs'],
    ['犬犬犬', 4, '犬…', '…犬'],
    ['ab', 1, '…', '…'],
  ])('%s in %i columns', (text, width, start, end) => {
    expect([fitText(text, width), fitText(text, width, { keep: 'end' })]).toEqual([start, end]);
  });
});
