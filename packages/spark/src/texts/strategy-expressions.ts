import { strategyNamed } from '@qualm/strategies';
import { assertChoice, assertText } from '@qualm/types';
import type { RankOrder } from '@qualm/types';

/** The strategies that Spark computes itself, called as functions of SQL are. */
export const sparkStrategyNames = [
  'least_confidence',
  'margin',
  'ratio',
  'entropy',
  'gini',
  'label_entropy',
  'label_margin',
  'presence',
  'normalized_least_confidence',
  'normalized_entropy',
  'normalized_gini',
] as const;

/** The name of a strategy that Spark computes itself. */
export type SparkStrategyName = (typeof sparkStrategyNames)[number];

/** Which numbers of a strategy are the least sure, and come first. */
export function sparkStrategyOrder(name: SparkStrategyName): RankOrder {
  return strategyNamed(name.replaceAll('_', '-'))!.order;
}

/** A strategy over an expression of ARRAY<FLOAT> or ARRAY<DOUBLE> as an expression of Spark's SQL,
 * a DOUBLE that is what `@qualm/strategies` computes, to the last digits: NaN among the scores (or
 * NULL, which is what JSON has in its place), or no scores, give NaN; NULL for scores gives NULL.
 * It divides by zero nowhere, so that it reads the same with and without ANSI mode.
 * @param scores goes into the text as it is.
 * @throws RangeError for a strategy that is not one of `sparkStrategyNames`.
 * @example `SELECT ${strategyExpression('margin', 'box.scores')} AS margin FROM boxes`
 */
export function strategyExpression(name: SparkStrategyName, scores: string): string {
  assertChoice('strategyExpression', 'the strategy', name, sparkStrategyNames);
  assertText('strategyExpression', 'the scores', scores, 'an expression, such as box.scores');
  const { isPerLabel, expression } = strategies[name];
  const doubles = `transform(${scores}, x -> coalesce(CAST(x AS DOUBLE), ${nan}))`;
  // A lambda names what is used many times; an ARRAY of one holds it.
  const classes = isPerLabel ? 'v' : `IF(size(v) = 1, array(v[0], 1D - v[0]), v)`;
  const values = `transform(transform(array(${doubles}), v -> ${classes}), p -> ${withoutNan(expression)})`;
  return `get(${values}, 0)`;
}

const nan = "double('NaN')";

function withoutNan(expression: string): string {
  return `CASE WHEN p IS NULL THEN NULL WHEN size(p) = 0 OR exists(p, x -> isnan(x)) THEN ${nan} ELSE ${expression} END`;
}

interface StrategyText {
  /** Whether it takes each score for itself; the others read a lone score s as [s, 1 - s]. */
  readonly isPerLabel?: boolean;
  /** Of `p`, ARRAY<DOUBLE>, not empty and without NaN. */
  readonly expression: string;
}

const first = 'array_max(p)';
const second = 'get(sort_array(p, false), 1)';
const sum = 'aggregate(p, 0D, (a, x) -> a + x)';
const logs = 'aggregate(p, 0D, (a, x) -> a + IF(x = 0, 0D, x * ln(x)))';
const squares = 'aggregate(p, 0D, (a, x) -> a + x * x)';
const hasNegative = 'exists(p, x -> x < 0)';
const isOutside = 'exists(p, x -> x < 0 OR x > 1)';

const leastConfidence = `1D - ${first}`;
const entropy = `CASE WHEN ${hasNegative} OR ${sum} = 0 THEN ${nan}
  ELSE greatest(0D, ln(${sum}) - ${logs} / ${sum}) END`;
const gini = `CASE WHEN ${hasNegative} OR ${sum} = 0 THEN ${nan} ELSE greatest(0D, 1D - ${squares} / (${sum} * ${sum})) END`;
/** What is left of a yes or no that is certain is exactly 0. */
const binaryEntropy = (s: string): string =>
  `IF(${s} = 0 OR ${s} = 1, 0D, -${s} * ln(${s}) - (1D - ${s}) * log1p(-${s}))`;

const strategies: Readonly<Record<SparkStrategyName, StrategyText>> = {
  least_confidence: { expression: leastConfidence },
  margin: { expression: `${first} - ${second}` },
  ratio: {
    expression: `CASE WHEN ${first} <> 0 THEN ${second} / ${first}
  WHEN ${second} < 0 THEN double('-Infinity') ELSE ${nan} END`,
  },
  entropy: { expression: entropy },
  gini: { expression: gini },
  presence: {
    expression: `CASE WHEN ${first} < 0 OR ${first} > 1 THEN ${nan} ELSE ${binaryEntropy(first)} END`,
  },
  label_entropy: {
    isPerLabel: true,
    expression: `CASE WHEN ${isOutside} THEN ${nan}
  ELSE aggregate(p, 0D, (a, x) -> a + ${binaryEntropy('x')}) END`,
  },
  label_margin: {
    isPerLabel: true,
    expression: `CASE WHEN ${isOutside} THEN ${nan} ELSE array_min(transform(p, x -> abs(2D * x - 1D))) END`,
  },
  normalized_least_confidence: { expression: `(${leastConfidence}) * size(p) / (size(p) - 1)` },
  normalized_entropy: { expression: `(${entropy}) / ln(size(p))` },
  normalized_gini: { expression: `(${gini}) * size(p) / (size(p) - 1)` },
};
