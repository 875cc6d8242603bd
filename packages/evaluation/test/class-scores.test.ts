import { ClassScores } from '@qualm/types';
import type { ScoredBoxArrays } from '@qualm/types';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as evaluation from '../src/index.ts';

const numClasses = 3;
const box = fc
  .tuple(fc.nat(50), fc.nat(50), fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }))
  .map(([x, y, width, height]) => [x, y, x + width, y + height]);
const scored = fc.record({
  box,
  scores: fc.array(fc.float({ min: 0, max: 1, noNaN: true }), { minLength: numClasses, maxLength: numClasses }),
  first: fc.nat(numClasses - 1),
});
const image = fc
  .array(scored, { maxLength: 5 })
  .map(
    (rows) =>
      new ClassScores(
        Float32Array.from(rows.flatMap((row) => row.box)),
        Float32Array.from(rows.flatMap((row) => [...row.scores].sort((a, b) => b - a))),
        Int32Array.from(rows.flatMap(({ first }) => [0, 1, 2].map((next) => (first + next) % numClasses))),
        numClasses,
      ),
  );
const pair = fc.tuple(image, image);

const { match, matchDetections, averagePrecision, detectionConfusionTable, detectionMistakenness } = evaluation;
type Images = readonly ScoredBoxArrays[];

describe.each<[string, (given: Images, predicted: Images) => unknown]>([
  ['match', ([given], [predicted]) => match(given!, predicted!)],
  ['match by score', ([given], [predicted]) => match(given!, predicted!, { prefer: 'score', labels: 'same' })],
  ['matchDetections', matchDetections],
  ['averagePrecision', averagePrecision],
  ['detectionConfusionTable', (given, predicted) => detectionConfusionTable(given, predicted, numClasses)],
  ['detectionOutcomes', evaluation.detectionOutcomes],
  ['detectionMistakenness', ([given], [predicted]) => detectionMistakenness(given!, predicted!)],
  ['objectLabelQuality', evaluation.objectLabelQuality],
  ['boxErrorEvidence', (given, predicted) => evaluation.boxErrorEvidence('swapped', given, predicted)],
])('%s', (_, answer) => {
  it('takes class scores by their best classes', () => {
    fc.assert(
      fc.property(pair, ([given, predicted]) => {
        const best = answer([given.toDetections()], [predicted.toDetections()]);
        expect(answer([given], [predicted])).toEqual(best);
      }),
    );
  });
});
