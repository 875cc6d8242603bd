import fc from 'fast-check';
import type { PredictionTable } from '@qualm/datasets';
import { topRows } from '@qualm/strategies';
import { ClassScoresColumn, Image } from '@qualm/types';
import { describe, expect, it } from 'vitest';
import { keepBoxes } from '../src/kept-boxes.ts';
import { createBoxReader } from '../src/listed-boxes.ts';
import { createTopBoxes } from '../src/top-boxes.ts';

/** A shard whose images have boxes of one class with these scores. */
function shardOf(ids: readonly string[], scores: readonly (readonly number[])[]): PredictionTable {
  const flat = scores.flat();
  const offsets = new Uint32Array(scores.length + 1);
  scores.forEach((row, image) => (offsets[image + 1] = offsets[image]! + row.length));
  const detections = new ClassScoresColumn({
    ...{ boxes: new Float32Array(4 * flat.length), scores: Float32Array.from(flat), numClasses: 1 },
    ...{ labelIds: new Int32Array(flat.length), offsets, valid: new Uint8Array(scores.length).fill(1) },
  });
  const nulls = ids.map(() => null);
  const image = ids.map((id) => Image.fromUri(id));
  return {
    ...{ form: 'class_scores', labels: [{ id: 0, name: 'cat' }], length: ids.length, imageIdType: 'string' },
    ...{
      fingerprint: 'test',
      columns: { image_id: ids, image, width: nulls, height: nulls, error: nulls, detections },
    },
  };
}

const own = { name: 'own', order: 'ascending', score: (scores: ArrayLike<number>) => scores[0]! } as never;

describe('createTopBoxes({ order, limit })', () => {
  it('keeps of shard after shard what a ranking of all boxes begins with, ties and NaN too', () => {
    const score = fc.constantFrom(0.25, 0.5, 0.75, NaN);
    const image = fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.array(score, { maxLength: 3 }));
    const shards = fc.array(fc.array(image, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 });
    const order = fc.constantFrom('ascending' as const, 'descending' as const);
    const seed = fc.option(fc.nat(), { nil: undefined });
    fc.assert(
      fc.property(shards, fc.nat(6), order, seed, (sets, limit, direction, drawn) => {
        const top = createTopBoxes({ order: direction, limit, seed: drawn });
        for (const images of sets) {
          const shard = shardOf(
            images.map(([id]) => id),
            images.map(([, scores]) => scores),
          );
          top.add(shard, keepAll(shard), createBoxReader(shard));
        }
        const all = sets.flat().flatMap(([id, scores]) => scores.map((value) => ({ id, value: Math.fround(value) })));
        const values = all.map(({ value }) => value);
        const ids = all.map(({ id }) => id);
        const first = topRows(values, direction, { ids, limit, ...(drawn !== undefined && { seed: drawn }) });
        expect(top.ranked().map(({ image_id, value }) => ({ id: image_id, value }))).toEqual(
          Array.from(first, (row) => all[row]),
        );
      }),
    );
  });
});

describe('keepBoxes(shard, strategy, minScore)', () => {
  it('keeps boxes from the score on, and says of which image and which box each is', () => {
    const kept = keepBoxes(shardOf(['a', 'b', 'c'], [[0.75, 0.25], [], [0.5, 0.125, 1]]), own, 0.5);
    expect(Array.from(kept.offsets)).toEqual([0, 1, 1, 3]);
    expect(Array.from(kept.rows)).toEqual([0, 2, 4]);
    expect(Array.from(kept.values)).toEqual([0.75, 0.5, 1]);
  });
});

function keepAll(shard: PredictionTable): ReturnType<typeof keepBoxes> {
  const { offsets, scores } = shard.columns.detections;
  return { length: scores.length, offsets, rows: Uint32Array.from(scores.keys()), values: Float64Array.from(scores) };
}
