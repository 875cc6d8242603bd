import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { CombineLabels } from '../../src/index.ts';
import {
  createLeastConfidence,
  entropy,
  fromLogits,
  fromProbabilities,
  gini,
  leastConfidence,
  margin,
  orient,
  perLabel,
  toProbabilities,
  topRows,
} from '../../src/index.ts';

type Combined = Record<CombineLabels, number[]>;

interface LogitsCase {
  readonly logits: number[];
  readonly temperature: number;
  readonly 'torch.softmax': number[];
  readonly 'torch.sigmoid': number[];
  readonly 'torch.distributions.Categorical.entropy': number;
  readonly 'margin of torch.softmax': number;
  readonly 'torch.distributions.Bernoulli.entropy': number[];
  readonly 'softmax of log_softmax / 2': number[];
}

interface Fixture {
  readonly probabilities: (Record<string, number> & { readonly name: string; readonly scores: number[] })[];
  readonly logits: LogitsCase[];
  readonly labels: {
    readonly scores: number[][];
    readonly 'scipy.stats.entropy': Combined;
    readonly 'modAL.classifier_margin': Combined;
    readonly 'modAL.classifier_uncertainty': Combined;
    readonly 'modAL.SVM_binary_minimum first': number;
    readonly 'modAL.min_confidence first': number;
    readonly 'modAL.avg_confidence first': number;
    readonly 'small_text.PredictionEntropy': number[];
  };
}

const path = new URL('../../fixtures/uncertainty/uncertainty.json', import.meta.url);
const { probabilities, logits, labels } = JSON.parse(readFileSync(path, 'utf8')) as unknown as Fixture;
const near = (values: Iterable<number>): unknown[] => Array.from(values, (value) => expect.closeTo(value, 12));

const equals = [
  [leastConfidence, 'skactiveml.uncertainty_scores least_confident'],
  [orient(margin), 'skactiveml.uncertainty_scores margin_sampling'],
  [entropy, 'skactiveml.uncertainty_scores entropy'],
  [leastConfidence, 'modAL.classifier_uncertainty'],
  [margin, 'modAL.classifier_margin'],
  [entropy, 'modAL.classifier_entropy'],
  [margin, 'small_text.BreakingTies'],
  [entropy, 'small_text.PredictionEntropy'],
  [gini, 'sklearn.DecisionTreeClassifier gini'],
] as const;

describe.each(probabilities)('of $name', (row) => {
  it.each(equals)('$name(p) is what %2$s gives', (strategy, peer) => {
    expect(strategy(row.scores)).toBeCloseTo(row[peer]!, 12);
  });

  it('small-text ranks by the largest probability, 1 - leastConfidence', () => {
    expect(1 - leastConfidence(row.scores)).toBeCloseTo(row['small_text.LeastConfidence']!, 12);
  });
});

it("scores are those of the project's own list", () => {
  expect(leastConfidence([0.2, 0.5, 0.3])).toBe(0.5);
  expect(orient(margin)([0.2, 0.5, 0.3])).toBeCloseTo(0.8, 12);
  expect(entropy([0.2, 0.5, 0.3])).toBeCloseTo(1.029653014, 9);
  expect(createLeastConfidence({ normalized: true })([0.7, 0.2, 0.1])).toBeCloseTo(0.45, 12);
  expect(createLeastConfidence()).toBe(leastConfidence);
});

describe.each(logits)('of logits $logits at $temperature', (row) => {
  const { temperature } = row;
  const single = Float32Array.from(row.logits);

  it("toProbabilities is torch's softmax and sigmoid", () => {
    const options = { temperature };
    expect([...toProbabilities(single, single.length, options)]).toEqual(near(row['torch.softmax']));
    const sigmoid = toProbabilities(single, single.length, { ...options, activation: 'sigmoid' });
    expect([...sigmoid]).toEqual(near(row['torch.sigmoid']));
  });

  it('fromLogits(entropy) and fromLogits(margin) are those of its distributions', () => {
    const wanted = row['torch.distributions.Categorical.entropy'];
    expect(fromLogits(entropy, { temperature })(row.logits)).toBeCloseTo(wanted, 12);
    expect(fromLogits(entropy, { temperature }).scoreRows!(single, single.length)[0]).toBeCloseTo(wanted, 12);
    expect(fromLogits(margin, { temperature })(single)).toBeCloseTo(row['margin of torch.softmax'], 12);
  });

  it('fromLogits(perLabel(entropy), sigmoid) adds up its Bernoulli entropies', () => {
    const sum = perLabel(entropy, { combine: 'sum' });
    const wanted = row['torch.distributions.Bernoulli.entropy'].reduce((total, value) => total + value, 0);
    expect(fromLogits(sum, { temperature, activation: 'sigmoid' })(row.logits)).toBeCloseTo(wanted, 12);
  });

  it('fromProbabilities(entropy, { temperature: 2 }) is that of softmax(log p / 2)', () => {
    const halved = row['softmax of log_softmax / 2'];
    expect(fromProbabilities(entropy, { temperature: 2 })(row['torch.softmax'])).toBeCloseTo(entropy(halved), 12);
  });
});

describe('perLabel', () => {
  const rows = labels.scores;
  const numClasses = rows[0]!.length;
  const matrix = Float64Array.from(rows.flat());

  it.each([
    [entropy, 'scipy.stats.entropy'],
    [margin, 'modAL.classifier_margin'],
    [leastConfidence, 'modAL.classifier_uncertainty'],
  ] as const)('($name) is what %2$s gives each [s, 1 - s], combined', (strategy, peer) => {
    for (const combine of ['mean', 'sum', 'least-sure'] as const) {
      const got = perLabel(strategy, { combine });
      expect(
        rows.map((row) => got(row)),
        combine,
      ).toEqual(near(labels[peer][combine]));
      expect([...got.scoreRows!(matrix, numClasses)], combine).toEqual(near(labels[peer][combine]));
    }
  });

  it("(margin, least-sure) picks first what modAL's SVM_binary_minimum picks", () => {
    const values = perLabel(margin, { combine: 'least-sure' }).scoreRows!(matrix, numClasses);
    expect(topRows(values, 'ascending')[0]).toBe(labels['modAL.SVM_binary_minimum first']);
  });

  it('differs from what the docs say does not read how open labels are', () => {
    expect(rows[labels['modAL.avg_confidence first']]).toEqual([0.98, 0.99, 0.97]);
    expect(rows[labels['modAL.min_confidence first']]).toEqual([0.01, 0.02, 0.01]);
    const together = labels['small_text.PredictionEntropy'];
    expect(Math.max(...together)).toBe(together[1]);
    expect(rows.map((row) => entropy(row))).toEqual(near(together));
  });
});

it('gini keeps its digits near a certain row, and for scores whose squares vanish', () => {
  expect(gini([1, 1e-20]) / 2e-20).toBeCloseTo(1, 12);
  expect(gini([1e-200, 1e-200])).toBe(0.5);
});
