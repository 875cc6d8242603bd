import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom, probCover } from '../../src/index.ts';
import { float32Of, hasVector, holedRows, orders, squaredDistance } from './arbitraries.ts';
import { embeddingsOf, fixture } from './fixture.ts';

describe.each(fixture.probCovers)('probCover($data, labelled $labelled, radius $radius)', (row) => {
  it(`covers as much as ProbCover of scikit-activeml ${fixture.versions['scikit-activeml']}`, () => {
    const { labelled, radius, firstCovers } = row;
    const got = probCover(embeddingsOf(fixture.data[row.data]!), { count: 1, labelled, radius });
    const most = Math.max(...firstCovers);
    expect(got.at(0)?.scores).toEqual({ covers: most });
    expect(got.rows[0]).toBe(firstCovers.indexOf(most));
  });
});

/** The definition, on all pairs. */
function covering(
  rows: readonly (readonly number[])[],
  count: number,
  radius: number,
  labelled: readonly number[],
): [row: number, covers: number][] {
  const isNear = (a: number, b: number): boolean => squaredDistance(rows[a]!, rows[b]!) <= radius ** 2;
  const all = [...rows.keys()].filter((row) => hasVector(rows[row]!));
  const centres = labelled.filter((row) => hasVector(rows[row]!));
  const picks: [number, number][] = [];
  while (picks.length < count) {
    const left = all.filter((row) => !centres.includes(row));
    if (left.length === 0) break;
    const open = all.filter((row) => !centres.some((centre) => isNear(centre, row)));
    const covers = left.map((row) => open.filter((other) => isNear(row, other)).length);
    const best = covers.indexOf(Math.max(...covers));
    picks.push([left[best]!, covers[best]!]);
    centres.push(left[best]!);
  }
  return picks;
}

it('probCover(embeddings) is the definition, ties by row', () => {
  const radius = fc.constantFrom(0, 1, 1.5, 2, 4);
  fc.assert(
    fc.property(holedRows, fc.nat(30), radius, fc.array(fc.nat(1000), { maxLength: 3 }), (rows, count, reach, some) => {
      const labelled = some.map((value) => value % rows.length);
      const embeddings = float32Of(rows);
      const before = embeddings.matrix.slice();
      const got = probCover(embeddings, { count, radius: reach, labelled });
      expect(embeddings.matrix).toEqual(before);
      expect(Array.from(got, ({ row, scores }) => [row, scores['covers']])).toEqual(
        covering(rows, count, reach, labelled),
      );
    }),
  );
});

it('probCover(large embeddings) in WebAssembly is the definition', () => {
  const random = createRandom(2);
  const rows = Array.from({ length: 1100 }, (_, row) =>
    Array.from({ length: 16 }, () => (row % 13) + Math.fround(random() ** 2)),
  );
  const got = probCover(float32Of(rows), { count: 6, radius: 1.2, labelled: [5] });
  const exact = rows.map((row) => [...Float32Array.from(row)]);
  const all = covering(exact, 6, 1.2, [5]);
  expect(Array.from(got, ({ row, scores }) => [row, scores['covers']])).toEqual(all);
});

it('probCover(embeddings, { ids }) names the same ids whatever the order of the rows', () => {
  fc.assert(
    fc.property(orders, fc.nat(6), ([rows, order], count) => {
      const options = { count, radius: 1, metric: 'cosine' as const };
      const first = probCover(float32Of(rows), { ...options, radius: 0.1, ids: [...rows.keys()] });
      const second = probCover(float32Of(order.map((row) => rows[row]!)), { ...options, radius: 0.1, ids: order });
      expect(Array.from(second.rows, (row) => order[row])).toEqual([...first.rows]);
    }),
  );
});

it.each([
  [{ count: -1, radius: 1 }, 'probCover: count is -1'],
  [{ count: 1, radius: -1 }, 'probCover: radius is -1; expected a distance of 0 or more'],
  [{ count: 1, radius: NaN }, 'probCover: radius is NaN'],
])('probCover(embeddings, %j) throws a RangeError', (options, message) => {
  expect(() => probCover(float32Of([[0], [1]]), options)).toThrow(message);
});
