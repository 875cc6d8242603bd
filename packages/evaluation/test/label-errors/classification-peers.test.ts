import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  confidentJoint,
  confidentThresholds,
  confusionTable,
  findLabelErrors,
  labelQuality,
  type LabelErrorFilter,
  type LabelQualityMethod,
} from '../../src/index.ts';

type Snake = 'self_confidence' | 'normalized_margin' | 'confidence_weighted_entropy';
type SnakeFilter = 'prune_by_noise_rate' | 'prune_by_class' | 'both' | 'confident_learning';

interface Case {
  readonly name: string;
  readonly numClasses: number;
  readonly probabilities: number[];
  readonly labels: number[];
  readonly 'cleanlab get_label_quality_scores': Record<Snake, number[]>;
  readonly 'cleanlab get_label_quality_scores, adjusted': Record<
    Exclude<Snake, 'confidence_weighted_entropy'>,
    number[]
  >;
  readonly 'cleanlab get_confident_thresholds': number[];
  readonly 'cleanlab compute_confident_joint': number[];
  readonly 'cleanlab compute_confident_joint, not calibrated': number[];
  readonly 'cleanlab find_label_issues': Record<
    SnakeFilter | 'prune_by_noise_rate ranked by self_confidence',
    number[]
  >;
  readonly 'scikit-learn confusion_matrix': number[];
}

const fixture = new URL('../../fixtures/label-errors/label-errors.json', import.meta.url);
const { cases } = JSON.parse(readFileSync(fixture, 'utf8')) as { cases: Case[] };
const kebab = <T extends string>(name: string): T => name.replaceAll('_', '-') as T;
const near = (values: readonly number[]): unknown[] => values.map((value) => expect.closeTo(value, 12) as unknown);

describe.each(cases)('$name', (row) => {
  const { labels, numClasses } = row;
  const p = Float64Array.from(row.probabilities);

  it.each(['self_confidence', 'normalized_margin'] as const)(
    "labelQuality, %s, is cleanlab's, plain and adjusted",
    (name) => {
      const method = kebab<LabelQualityMethod>(name);
      const plain = labelQuality(p, labels, numClasses, { method });
      const adjusted = labelQuality(p, labels, numClasses, { method, adjusted: true });
      expect([...plain]).toEqual(near(row['cleanlab get_label_quality_scores'][name]));
      expect([...adjusted]).toEqual(near(row['cleanlab get_label_quality_scores, adjusted'][name]));
    },
  );

  it("labelQuality, confidence-weighted entropy, is cleanlab's, but for certain rows, of which cleanlab gives even the right ones 0", () => {
    const got = labelQuality(p, labels, numClasses, { method: 'confidence-weighted-entropy' });
    row['cleanlab get_label_quality_scores'].confidence_weighted_entropy.forEach((wanted, i) => {
      const own = p[i * numClasses + labels[i]!]!;
      const isCertain = p.subarray(i * numClasses, (i + 1) * numClasses).includes(1);
      if (isCertain) expect(wanted).toBe(0);
      if (isCertain) expect(got[i]).toBe(own);
      else expect(got[i]).toBeCloseTo(wanted, 12);
    });
  });

  it("confidentThresholds and confidentJoint are cleanlab's", () => {
    expect([...confidentThresholds(p, labels, numClasses)]).toEqual(near(row['cleanlab get_confident_thresholds']));
    expect([...confidentJoint(p, labels, numClasses)]).toEqual(row['cleanlab compute_confident_joint']);
    expect([...confidentJoint(p, labels, numClasses, { calibrated: false })]).toEqual(
      row['cleanlab compute_confident_joint, not calibrated'],
    );
  });

  it.each(['prune_by_noise_rate', 'prune_by_class', 'both', 'confident_learning'] as const)(
    "findLabelErrors, %s, finds cleanlab's rows",
    (name) => {
      const { rows } = findLabelErrors(p, labels, numClasses, { filter: kebab<LabelErrorFilter>(name) });
      expect([...rows].sort((a, b) => a - b)).toEqual(row['cleanlab find_label_issues'][name]);
    },
  );

  it("findLabelErrors ranks them as cleanlab's self_confidence does", () => {
    expect([...findLabelErrors(p, labels, numClasses).rows]).toEqual(
      row['cleanlab find_label_issues']['prune_by_noise_rate ranked by self_confidence'],
    );
  });

  it("confusionTable is scikit-learn's", () => {
    const predictions = labels.map((_, i) => {
      const scores = p.subarray(i * numClasses, (i + 1) * numClasses);
      return scores.indexOf(Math.max(...scores));
    });
    expect([...confusionTable(labels, predictions, numClasses).counts]).toEqual(row['scikit-learn confusion_matrix']);
  });
});
