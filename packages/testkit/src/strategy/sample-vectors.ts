import type { StrategySuite } from './strategy-suite.ts';

/** The same vectors in every run, of `numClasses` numbers each: distributions and raw scores, or
 * logits; sure ones, ties and exact zeros among them.
 */
export function sampleVectors(numClasses: number, input: StrategySuite['input']): readonly number[][] {
  const random = createRandom(numClasses);
  const vector = (next: () => number): number[] => Array.from({ length: numClasses }, next);
  const logits = (): number[] => vector(() => 12 * (random() - random()));
  if (input === 'logits') return [...Array.from({ length: 40 }, logits), ...extremes(numClasses, -20, 20)];
  return [
    ...Array.from({ length: 20 }, () => softmax(logits())),
    ...Array.from({ length: 20 }, () => vector(random)),
    ...extremes(numClasses, 0, 1),
    ...Array.from({ length: 5 }, () => vector(() => Math.round(random() * 2) / 2)),
  ];
}

/** A vector that says one class with certainty. */
export function certainVector(numClasses: number, input: StrategySuite['input']): number[] {
  return extremes(numClasses, ...((input === 'logits' ? [-20, 20] : [0, 1]) as [number, number]))[0]!;
}

/** A vector that says nothing: all classes alike, or a lone yes or no at one half. */
export function openVector(numClasses: number, input: StrategySuite['input']): number[] {
  return Array<number>(numClasses).fill(input === 'logits' ? 0 : 1 / Math.max(2, numClasses));
}

/** One class high; all low; all high; all alike. */
function extremes(numClasses: number, low: number, high: number): number[][] {
  const fill = (value: number): number[] => Array<number>(numClasses).fill(value);
  return [fill(low).with(numClasses - 1, high), fill(low), fill(high), fill(low + (high - low) / numClasses)];
}

function softmax(logits: readonly number[]): number[] {
  const weights = logits.map((z) => Math.exp(z));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

/** Numbers from 0 to below 1: xorshift32. @see Marsaglia 2003,
 * https://doi.org/10.18637/jss.v008.i14
 */
export function createRandom(seed: number): () => number {
  let state = (seed + 1) * 0x9e3779b9;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
