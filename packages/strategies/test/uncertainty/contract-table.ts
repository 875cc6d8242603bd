import type { RankOrder, Strategy } from '@qualm/types';
import * as strategies from '../../src/index.ts';

/** The vectors on which each score's behaviour is written down. */
export const vectors = {
  '[0.5, 0.25, 0.25]': 'a distribution',
  '[0.5, 0.5]': 'two classes alike: ln 2 in nats, 1 in bits',
  '[0.6, 0.6]': 'does not sum to 1',
  '[0.3]': 'one class',
  '[0, 0]': 'all zeros',
  '[0.5, -0.1]': 'a negative score',
  '[0.5, NaN]': 'NaN',
  '[]': 'no scores',
} as const;

type Values = readonly (number | 'throws')[];

/** What a score promises. Values are in the order of `vectors`, worked out by hand. */
export interface Contract {
  readonly order: RankOrder;
  readonly range: (numClasses: number) => readonly [number, number];
  readonly values: Values;
}

const { log, sqrt, LN2, E } = Math;
const none = [NaN, NaN] as const;
const h = (p: number): number => -p * log(p) - (1 - p) * log(1 - p);
/** A lone score is a distribution of two. */
const two = (k: number): number => Math.max(2, k);
const unit = (): [number, number] => [0, 1];
const nats = (k: number): [number, number] => [0, log(two(k))];
const impurity = (k: number): [number, number] => [0, (two(k) - 1) / two(k)];
const overHalf = (p: number): number => sqrt(p) / (sqrt(p) + sqrt(1 - p));
const logistic = (z: number): number => 1 / (1 + Math.exp(-z));
/** The distribution of the logits .5, .25, .25. */
const [a, b] = [Math.exp(0.25) / (Math.exp(0.25) + 2), 1 / (Math.exp(0.25) + 2)];
/** That of square roots of .5, .25, .25. */
const [c, d] = [sqrt(0.5) / (sqrt(0.5) + 1), 0.5 / (sqrt(0.5) + 1)];

const descending = (range: Contract['range'], ...values: Values): Contract => ({ order: 'descending', range, values });
const ascending = (range: Contract['range'], ...values: Values): Contract => ({ order: 'ascending', range, values });

/** Every score of the package, by the code that makes it. */
export const contracts: Readonly<Record<string, Contract>> = {
  leastConfidence: descending(unit, 0.5, 0.5, 0.4, 0.3, 1, 0.5, ...none),
  'createLeastConfidence({ normalized: true })': descending(
    (k) => [0, two(k) / (two(k) - 1)],
    ...[0.75, 1, 0.8, 0.6, 2, 1, ...none],
  ),
  margin: ascending(unit, 0.25, 0, 0, 0.4, 0, 0.6, ...none),
  ratio: descending(unit, 0.5, 1, 1, 3 / 7, NaN, -0.2, ...none),
  presence: descending(() => [0, LN2], LN2, LN2, h(0.6), h(0.3), 0, LN2, ...none),
  entropy: descending(nats, 1.5 * LN2, LN2, LN2, h(0.3), NaN, NaN, ...none),
  'createEntropy({ base: 2 })': descending((k) => [0, log(two(k)) / LN2], 1.5, 1, 1, h(0.3) / LN2, NaN, NaN, ...none),
  'createEntropy({ normalized: true })': descending(
    unit,
    ...[(1.5 * LN2) / log(3), 1, 1, h(0.3) / LN2, NaN, NaN, ...none],
  ),
  'createEntropy({ renormalize: false })': descending(
    (k) => [0, two(k) / E],
    ...[1.5 * LN2, LN2, -1.2 * log(0.6), h(0.3), 0, NaN, ...none],
  ),
  'createEntropy({ normalized: true, renormalize: false })': descending(
    (k) => [0, two(k) / (E * log(two(k)))],
    ...[(1.5 * LN2) / log(3), 1, (-1.2 * log(0.6)) / LN2, h(0.3) / LN2, 0, NaN, ...none],
  ),
  'createEntropy({ zero: 0 })': descending(nats, 1.5 * LN2, LN2, LN2, h(0.3), 0, NaN, ...none),
  gini: descending(impurity, 0.625, 0.5, 0.5, 0.42, NaN, NaN, ...none),
  'createGini({ normalized: true })': descending(unit, ...[0.9375, 1, 1, 0.84, NaN, NaN, ...none]),
  'createGini({ renormalize: false })': descending((k) => [1 - two(k), 1], 0.625, 0.5, 0.28, 0.42, 1, NaN, ...none),
  'createGini({ normalized: true, renormalize: false })': descending(
    (k) => [-two(k), two(k) / (two(k) - 1)],
    ...[0.9375, 1, 0.56, 0.84, 2, NaN, ...none],
  ),
  'createGini({ zero: 0 })': descending(impurity, 0.625, 0.5, 0.5, 0.42, 0, NaN, ...none),
  'fromLogits(entropy)': descending(
    nats,
    ...[-a * log(a) - 2 * b * log(b), LN2, LN2, h(logistic(0.3)), LN2, h(logistic(0.6)), ...none],
  ),
  'fromLogits(margin, { temperature: 2 })': ascending(
    unit,
    ...[(Math.exp(0.125) - 1) / (Math.exp(0.125) + 2), 0, 0, 2 * logistic(0.15) - 1, 0, 2 * logistic(0.3) - 1, ...none],
  ),
  'fromProbabilities(entropy, { temperature: 2 })': descending(
    nats,
    ...[-c * log(c) - 2 * d * log(d), LN2, LN2, h(overHalf(0.3)), NaN, NaN, ...none],
  ),
  'fromProbabilities(margin, { temperature: 2 })': ascending(
    unit,
    c - d,
    0,
    0,
    1 - 2 * overHalf(0.3),
    NaN,
    NaN,
    ...none,
  ),
  'perLabel(leastConfidence)': descending(unit, 1 / 3, 0.5, 0.4, 0.3, 0, NaN, ...none),
  'perLabel(margin)': ascending(unit, 1 / 3, 0, 0.2, 0.4, 1, NaN, ...none),
  'perLabel(entropy)': descending(() => [0, LN2], (LN2 + 2 * h(0.25)) / 3, LN2, h(0.6), h(0.3), 0, NaN, ...none),
  "perLabel(entropy, { combine: 'sum' })": descending(
    (k) => [0, k * LN2],
    ...[LN2 + 2 * h(0.25), 2 * LN2, 2 * h(0.6), h(0.3), 0, NaN, ...none],
  ),
  "perLabel(entropy, { combine: 'least-sure' })": descending(() => [0, LN2], LN2, LN2, h(0.6), h(0.3), 0, NaN, ...none),
  "perLabel(margin, { combine: 'least-sure' })": ascending(unit, 0, 0, 0.2, 0.4, 1, NaN, ...none),
  'binary(leastConfidence)': descending(unit, ...loneOnly(0.3)),
  'binary(margin)': ascending(unit, ...loneOnly(0.4)),
  'binary(entropy)': descending(() => [0, LN2], ...loneOnly(h(0.3))),
};

function loneOnly(value: number): Values {
  return ['throws', 'throws', 'throws', value, 'throws', 'throws', 'throws', NaN];
}

/** The strategy that this code makes of the package's exports. */
export function strategyOf(code: string): Required<Strategy> {
  return Function(...Object.keys(strategies), `return ${code}`)(...Object.values(strategies)) as Required<Strategy>;
}
