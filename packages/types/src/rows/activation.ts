import { assertOptions } from '../assert-argument.ts';

/** How logits become probabilities. */
export interface TemperatureOptions {
  /** `softmax` where a row's classes exclude each other, `sigmoid` where each is a yes or no of
   * its own. Default softmax. A lone score is always a yes or no. */
  readonly activation?: 'softmax' | 'sigmoid';
  /** Divides the logits: above 1 flattens the distribution, below 1 sharpens it. Default 1. */
  readonly temperature?: number;
}

/** Writes what it makes of `numClasses` numbers of `source`, from index `from`, into `out` at index
 * `at`.
 */
export type RowMap = (
  source: ArrayLike<number>,
  from: number,
  numClasses: number,
  out: Float64Array,
  at: number,
) => void;

/** From a row of logits to a row of probabilities.
 * @throws RangeError for a temperature that is not positive and finite, or an unknown activation.
 */
export function activationOf(where: string, options: TemperatureOptions): RowMap {
  assertOptions(where, options, '{ temperature: 2 }', 'options');
  const { temperature = 1 } = options;
  if (!(temperature > 0 && temperature < Infinity)) {
    throw new RangeError(`${where}: temperature is ${temperature}; expected a positive number`);
  }
  const isSigmoid = sigmoidSaid(where, options);
  return (source, from, numClasses, out, at) => {
    if (isSigmoid || numClasses === 1) sigmoid(source, from, numClasses, temperature, out, at);
    else softmax(source, from, numClasses, temperature, out, at);
  };
}

/** From a row of probabilities to a row of logits: ln p, or ln(p / (1 - p)) for a yes or no. */
export function logitsOf(where: string, options: TemperatureOptions): RowMap {
  const isSigmoid = sigmoidSaid(where, options);
  return (source, from, numClasses, out, at) => {
    for (let i = 0; i < numClasses; i++) {
      const p = source[from + i]!;
      out[at + i] = isSigmoid || numClasses === 1 ? Math.log(p) - Math.log1p(-p) : Math.log(p);
    }
  };
}

function sigmoidSaid(where: string, { activation = 'softmax' }: TemperatureOptions): boolean {
  if (activation !== 'softmax' && activation !== 'sigmoid') {
    throw new RangeError(`${where}: activation is "${String(activation)}"; expected softmax or sigmoid`);
  }
  return activation === 'sigmoid';
}

type Activate = (
  source: ArrayLike<number>,
  from: number,
  numClasses: number,
  temperature: number,
  out: Float64Array,
  at: number,
) => void;

const softmax: Activate = (source, from, numClasses, temperature, out, at) => {
  let largest = -Infinity;
  for (let i = from; i < from + numClasses; i++) if (source[i]! > largest) largest = source[i]!;
  let sum = 0;
  for (let i = 0; i < numClasses; i++) {
    const weight = Math.exp((source[from + i]! - largest) / temperature);
    out[at + i] = weight;
    sum += weight;
  }
  for (let i = at; i < at + numClasses; i++) out[i]! /= sum;
};

const sigmoid: Activate = (source, from, numClasses, temperature, out, at) => {
  for (let i = 0; i < numClasses; i++) out[at + i] = 1 / (1 + Math.exp(-source[from + i]! / temperature));
};
