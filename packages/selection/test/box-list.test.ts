import fc from 'fast-check';
import type { PredictionShard } from '@qualm/datasets';
import { topRows } from '@qualm/strategies';
import { ClassScoresColumn, Image } from '@qualm/types';
import { describe, expect, it } from 'vitest';
import { createBoxList } from '../src/rank/box-list.ts';
import { nobody } from '../src/scan/other-images.ts';
import { asShard } from '../src/scan/prediction-source.ts';
import { countedBoxes, scoreBoxes } from '../src/scan/scored-shard.ts';
import type { ScoredShard } from '../src/scan/scored-shard.ts';

/** A shard whose images have boxes of one class with these scores. */
function shardOf(ids: readonly string[], scores: readonly (readonly number[])[]): PredictionShard {
  const flat = scores.flat();
  const offsets = new Uint32Array(scores.length + 1);
  scores.forEach((row, image) => (offsets[image + 1] = offsets[image]! + row.length));
  const detections = new ClassScoresColumn({
    ...{ boxes: new Float32Array(4 * flat.length), scores: Float32Array.from(flat), numClasses: 1 },
    ...{ labelIds: new Int32Array(flat.length), offsets, valid: new Uint8Array(scores.length).fill(1) },
  });
  const nulls = ids.map(() => null);
  const image = ids.map((id) => Image.fromUri(id));
  return asShard({
    ...{ form: 'class_scores', labels: [{ id: 0, name: 'cat' }], length: ids.length, imageIdType: 'string' },
    ...{
      fingerprint: 'test',
      columns: { image_id: ids, image, width: nulls, height: nulls, error: nulls, detections },
    },
  });
}

const own = { name: 'own', order: 'ascending', score: (scores: ArrayLike<number>) => scores[0]! } as never;

describe('createBoxList({ order, limit })', () => {
  it('keeps of shard after shard what a ranking of all boxes begins with, ties and NaN too', () => {
    const score = fc.constantFrom(0.25, 0.5, 0.75, NaN);
    const image = fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.array(score, { maxLength: 3 }));
    const shards = fc.array(fc.array(image, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 });
    const order = fc.constantFrom('ascending' as const, 'descending' as const);
    const seed = fc.option(fc.nat(), { nil: undefined });
    fc.assert(
      fc.property(shards, fc.nat(6), order, seed, (sets, limit, direction, drawn) => {
        const top = createBoxList({ order: direction, limit, seed: drawn });
        for (const images of sets) {
          const shard = shardOf(
            images.map(([id]) => id),
            images.map(([, scores]) => scores),
          );
          top.add(keepAll(shard));
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

describe('countedBoxes(shard, minScore)', () => {
  it('are those from the score on, and say of which image and which box each is', () => {
    const shard = shardOf(['a', 'b', 'c'], [[0.75, 0.25], [], [0.5, 0.125, 1]]);
    const counted = countedBoxes(shard, 0.5);
    expect(Array.from(counted.offsets)).toEqual([0, 1, 1, 3]);
    expect(Array.from(counted.rows)).toEqual([0, 2, 4]);
    expect(Array.from(scoreBoxes(shard, counted, own))).toEqual([0.75, 0.5, 1]);
  });
});

function keepAll(table: PredictionShard): ScoredShard {
  const { offsets, scores } = table.boxes;
  const rows = Uint32Array.from(scores.keys());
  const others = Array.from({ length: table.length }, () => nobody);
  return { table, length: scores.length, offsets, rows, values: Float64Array.from(scores), others };
}
