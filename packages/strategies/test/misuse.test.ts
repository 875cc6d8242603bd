import { describe, expect, it } from 'vitest';
import { QualmError } from '@qualm/types';
import * as strategies from '../src/index.ts';

type Callable = (...args: unknown[]) => unknown;

/** Called for each row or box, where a check would cost more than the work. */
const perRow = ['entropy', 'gini', 'leastConfidence', 'margin', 'presence', 'ratio', 'entropyOfVotes'];

/** These still leave some arguments, mostly options of null, to types. */
const unchecked = new Set([
  ...perRow,
  ...['averagePrecision', 'boxVariance', 'caldConsistency', 'classDifficulties', 'classificationChange'],
  ...['classwiseCalibrationError', 'cohensKappa', 'confidentJoint', 'createSelection', 'createStrategy', 'deltaF'],
  ...['detectionConfusionTable', 'detectionMistakenness', 'expectedCalibrationError', 'findLabelErrors'],
  ...['fitTemperature', 'flipBoxes', 'foundObjects', 'kappaAverage', 'labelQuality', 'labelledBoxes'],
  ...['localisationStability', 'matchBoxes', 'matchDetections', 'mistakenness', 'objectLabelQuality'],
  ...['overallUncertainty', 'pickFromSample', 'scaleBoxes'],
]);

const functions = Object.entries(strategies).filter(
  ([name, value]) => typeof value === 'function' && !unchecked.has(name),
) as [string, Callable][];
const column = { name: 'margin', order: 'ascending', values: [0.25], range: [0, 1] };
const embeddings = { matrix: Float64Array.of(1, 0), dimensions: 1 };
const wrong: unknown[] = [undefined, null, 7, NaN, 'margin', {}];

const calls: unknown[][] = [
  [],
  ...wrong.map((value) => [value]),
  ...wrong.flatMap((value) => [
    [column, value],
    [[column], value],
    [[0.25], value],
    [embeddings, value],
    [strategies.margin, value],
    [column, [0, 1], strategies.sumOfBoxes, value],
    [column, [0, 1], value, { empty: 'last' }],
    [column, value, strategies.sumOfBoxes, { empty: 'last' }],
  ]),
];

/** What V8 says of what it cannot use. */
const ofEngine = /Cannot|is not a function|not iterable|undefined is not|Invalid (array|typed)/;

function failureOf(call: Callable, args: readonly unknown[]): unknown {
  try {
    call(...args);
    return null;
  } catch (error) {
    return error;
  }
}

function isOurs(error: unknown, name: string): boolean {
  if (!QualmError.is(error) && !(error instanceof RangeError)) return false;
  return error.message.includes(name) && !ofEngine.test(error.message);
}

describe.each(functions)('%s called with wrong things from JavaScript', (name, call) => {
  it('throws an error of ours that names the function', () => {
    const errors = calls.map((args) => failureOf(call, args)).filter((error) => error !== null);
    expect(errors.filter((error) => !isOurs(error, name)).map(String)).toEqual([]);
  });
});

it.each<[string, () => unknown, string]>([
  [
    "scoreColumn(column, 'margin')",
    () => strategies.scoreColumn([[0.5, 0.25]], 'margin' as never),
    'scoreColumn: the strategy is "margin"; expected one such as margin, or what createStrategy makes',
  ],
  [
    "topRows('margin')",
    () => strategies.topRows('margin' as never, 'ascending'),
    'topRows: values is "margin"; expected an array',
  ],
  [
    "topRows(values, 'down')",
    () => strategies.topRows([1, 2], 'down' as never),
    "topRows: order is \"down\"; expected 'ascending' or 'descending'",
  ],
  [
    "aggregate(column, offsets, 'sum')",
    () => strategies.aggregate(column as never, [0, 1], 'sum' as never, { empty: 'last' }),
    'aggregate: the aggregation is "sum"; expected one such as sum or topKMean(3)',
  ],
])('%s says what came and what is wanted', (_, call, message) => {
  expect(call).toThrow(message);
});
