import * as aq from 'arquero';
import fc from 'fast-check';
import { QualmError } from '@qualm/types';
import type { ClassScores, Column, Detections } from '@qualm/types';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { conform } from '../src/conform.ts';
import { explode } from '../src/explode.ts';
import { tableOfColumns } from '../src/table-of-columns.ts';
import { classScores } from './example-columns.ts';

const table = aq.table({ image_id: ['a', 'b'], n: [1, 2], scores: [Float32Array.of(1, 0), null] });

describe('conform(table, schema) is the same table, with types', () => {
  const boxes = conform(table, { image_id: 'string', scores: 'float32[]?' });

  it('whose columns and values are those of the schema', () => {
    expect(boxes).toBe(table);
    expectTypeOf(boxes.column('scores')).toEqualTypeOf<Column<Float32Array | null>>();
    expectTypeOf(boxes.get('image_id', 1)).toEqualTypeOf<string>();
    expect([boxes.column('image_id').at(0), boxes.get('scores', 1)]).toEqual(['a', null]);
  });

  it('of which a column that it lacks does not compile', () => {
    // @ts-expect-error: there is no such column
    expect(boxes.column('socres')).toBeUndefined();
    // @ts-expect-error: the schema does not name it
    expect(boxes.get('n')).toBe(1);
  });

  it('that goes wherever a table goes', () => {
    const images = conform(tableOfColumns({ image_id: ['a', 'b', 'c', 'd'], detections: classScores }), {
      detections: 'detections?',
    });
    expectTypeOf(images.column('detections').at(0)).toEqualTypeOf<Detections | ClassScores | null | undefined>();
    const scores = conform(explode(images, 'detections'), { scores: 'float32[]' }).column('scores');
    expect([...scores.at(0)!]).toEqual([0.5, 0.25]);
  });
});

describe('conform(table, schema) refuses', () => {
  it.each([
    [{ id: 'id' }, 'conform: no column "id"; the table has image_id, n, scores'],
    [{ image_id: 'number' }, 'conform: row 0 of "image_id" is "a"; expected number'],
    [
      { scores: 'float32[]' },
      'conform: row 1 of "scores" is null; expected float32[]; say "float32[]?" where null may be',
    ],
    [{ scores: 'float64[]?' }, 'conform: row 0 of "scores" is a value of type Float32Array; expected float64[]?'],
  ] as const)('%j', (schema, message) => {
    expect(() => conform(table, schema)).toThrow(new QualmError('unsupported', message));
  });

  it('a kind that there is not, as from JavaScript', () => {
    expect(() => conform(table, { n: 'float16' as never })).toThrow(
      'conform: the kind of "n" is "float16"; expected one of boolean, string, number',
    );
  });

  it('rows that a filter hides, as they are in its columns', () => {
    const filtered = table.filter('d => d.n < 2');
    expect(() => conform(filtered, { scores: 'float32[]' })).toThrow('row 1 of "scores" is null');
    expect(conform(filtered.reify(), { scores: 'float32[]' }).numRows()).toBe(1);
  });
});

const examples = {
  boolean: [true, false],
  string: ['', 'a'],
  int32: [0, -(2 ** 31), 2 ** 31 - 1],
  number: [0.5, NaN, Infinity],
  'float32[]': [new Float32Array(2)],
  'float64[]': [new Float64Array(0)],
  'int32[]': [Int32Array.of(7)],
  'string[]': [['a'], ['a', 'b']],
} as const;
type Kind = keyof typeof examples;
const kinds = Object.keys(examples) as Kind[];
/** A value of the first is also one of the second. */
const wider: Readonly<Partial<Record<string, readonly Kind[]>>> = {
  number: ['int32'],
  id: ['string', 'int32', 'number'],
  'number[]': ['float32[]', 'float64[]', 'int32[]'],
};

it('conform takes a column exactly when each value is of the kind, or null where that is allowed', () => {
  const column = fc.array(
    fc.constantFrom(...kinds).chain((kind) => fc.constantFrom(...examples[kind]).map((value) => ({ kind, value }))),
    { minLength: 1, maxLength: 4 },
  );
  const wanted = fc.constantFrom(...kinds, 'id' as const, 'number[]' as const);
  fc.assert(
    fc.property(column, wanted, fc.boolean(), fc.boolean(), (cells, kind, mayBeNull, hasNull) => {
      const values = [...cells.map(({ value }) => value), ...(hasNull ? [null] : [])];
      const fits = cells.every((cell) => cell.kind === kind || (wider[kind] ?? []).includes(cell.kind));
      const takes = (): unknown => conform(aq.table({ x: values }), { x: mayBeNull ? `${kind}?` : kind });
      if (fits && (mayBeNull || !hasNull)) expect(takes).not.toThrow();
      else expect(takes).toThrow(QualmError);
    }),
  );
});

it.each([
  [Float64Array.of(1, NaN), 'number', true],
  [Float64Array.of(1, 0.5), 'int32', false],
  [Int32Array.of(1), 'int32', true],
  [Uint8Array.of(1), 'id', true],
  [Float32Array.of(1), 'string?', false],
] as const)('conform of the flat column %o as %s: %s', (values, kind, fits) => {
  const take = (): unknown => conform(aq.table({ x: values }), { x: kind });
  if (fits) expect(take).not.toThrow();
  else expect(take).toThrow(QualmError);
});
