import { describe, expect, it } from 'vitest';
import { functionsOf, misuses, place } from '@qualm/misuse';
import type { Place } from '@qualm/misuse';
import * as evaluation from '../src/index.ts';

const boxes = { boxes: Float64Array.of(0, 0, 9, 9), labelIds: [0], scores: [0.5] };
const rows = Float64Array.of(0.9, 0.1);
const options = place({}, 'undefined', 'object');
const calls: Readonly<Record<string, readonly Place[]>> = {
  averagePrecision: [place([boxes]), place([boxes]), options],
  badlyLocatedScores: [place([boxes]), place([boxes]), options],
  boxErrorEvidence: [place([boxes]), place([boxes]), place('swapped'), options],
  brierScore: [place(rows), place([0]), place(2)],
  classificationChange: [place([[1], [1]], 'array'), options],
  classwiseCalibrationError: [place(rows), place([0]), place(2), options],
  cohensKappa: [place([1, 0]), place([1, 1]), place(2, 'number')],
  confidentJoint: [place(rows), place([0]), place(2), options],
  confidentThresholds: [place(rows), place([0]), place(2)],
  confusedPairs: [place({ counts: new Uint32Array(4), size: 2 }), options],
  confusionTable: [place([0]), place([1]), place(2, 'number')],
  deltaF: [place([[1], [1]], 'array'), options],
  detectionConfusionTable: [place([boxes]), place([boxes]), place(2, 'number'), options],
  detectionMistakenness: [place(boxes), place(boxes), options],
  detectionOutcomes: [place([boxes]), place([boxes]), options],
  expectedCalibrationError: [place(rows), place([0]), place(2), options],
  findLabelErrors: [place(rows), place([0]), place(2), options],
  fitTemperature: [place(rows), place([0]), place(2), options],
  kappaAverage: [place([[1], [1], [1], [1]], 'array'), place(2, 'number'), options],
  labelQuality: [place(rows), place([0]), place(2), options],
  labelledBoxes: [place([], 'array')],
  match: [place(boxes), place(boxes), options],
  matchDetections: [place([boxes]), place([boxes]), options],
  mistakenness: [place(rows), place([0]), place(2), options],
  negativeLogLikelihood: [place(rows), place([0]), place(2)],
  objectLabelQuality: [place([boxes]), place([boxes]), options],
  overallUncertainty: [place([rows], 'array'), place(2), options],
  overlookedScores: [place([boxes]), place([boxes]), options],
  reliabilityTable: [place(rows), place([0]), place(2), options],
  spuriousScores: [place([boxes]), place([boxes]), options],
  swappedScores: [place([boxes]), place([boxes]), options],
};

describe.each(functionsOf(evaluation))('%s called with wrong things from JavaScript', (name, call) => {
  it('throws RangeError or QualmError, never what the engine says', async () => {
    expect(await misuses(name, call, calls[name]!)).toEqual([]);
  });
});
