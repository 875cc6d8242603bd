import type { Activation, Anchors, ScoreMatrix } from '@qualm/types';
import { createRowPowers } from './row-powers.ts';
import type { RowPowers } from './row-powers.ts';

/** Writes all class scores [n, classes] of so many anchors. */
export type ReadScores = (anchors: Anchors, which: Int32Array, out: Float32Array) => void;

/** A reader that keeps its memory; what are powers, it computes many at a time. */
export function createScoreReader(): ReadScores {
  let current = NaN;
  let powers: RowPowers | null = null;

  return ({ scores, activation }, which, out) => {
    const { power } = activation;
    if (power && power.exponent !== current) {
      current = power.exponent;
      powers = createRowPowers(current);
    }
    if (power && powers && scores.numClasses <= powers.numbers.length) readPowers(scores, power, powers, which, out);
    else readEach(scores, activation, which, out);
  };
}

function readEach(scores: ScoreMatrix, activation: Activation, which: Int32Array, out: Float32Array): void {
  const { data, offset, numClasses, anchorStride, classStride } = scores;
  for (let row = 0, to = 0; row < which.length; row++) {
    const anchor = which[row]!;
    const end = to + numClasses;
    for (let at = offset + anchor * anchorStride; to < end; at += classStride)
      out[to++] = activation.score(anchor, data[at]!);
  }
}

function readPowers(
  scores: ScoreMatrix,
  power: NonNullable<Activation['power']>,
  { numbers, factors, powers, maxRows, raise }: RowPowers,
  which: Int32Array,
  out: Float32Array,
): void {
  const { data, offset, numClasses, anchorStride, classStride } = scores;
  const most = Math.min(maxRows, Math.floor(numbers.length / numClasses));
  for (let first = 0; first < which.length; first += most) {
    const rows = Math.min(most, which.length - first);
    for (let row = 0, to = 0; row < rows; row++) {
      const anchor = which[first + row]!;
      const end = to + numClasses;
      factors[row] = power.factor(anchor);
      for (let at = offset + anchor * anchorStride; to < end; at += classStride) numbers[to++] = data[at]!;
    }
    raise(rows, numClasses);
    out.set(powers.subarray(0, rows * numClasses), first * numClasses);
  }
}
