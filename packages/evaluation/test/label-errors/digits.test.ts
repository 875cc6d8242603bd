import { readFileSync } from 'node:fs';
import { topRows } from '@qualm/types/rows';
import { expect, it } from 'vitest';
import { findLabelErrors, labelQuality, mistakenness, type LabelErrorFilter } from '../../src/index.ts';

/* 1,797 digits, 179 of whose labels were spoilt; out-of-fold probabilities of a model that was
 * trained on the spoilt labels.
 */

interface Digits {
  readonly numClasses: number;
  readonly truth: string;
  readonly labels: string;
  readonly probabilities: string;
  readonly 'cleanlab find_label_issues': Record<string, number[]>;
  readonly 'cleanlab precision': Record<string, number>;
  readonly 'cleanlab recall': Record<string, number>;
}

const file = new URL('../../fixtures/label-errors/digits.json', import.meta.url);
const digits = JSON.parse(readFileSync(file, 'utf8')) as Digits;
const steps = new Uint16Array(new Uint8Array(Buffer.from(digits.probabilities, 'base64')).buffer);
const probabilities = Float64Array.from(steps, (step) => step / 65535);
const labels = Int32Array.from(digits.labels, Number);
const truth = Int32Array.from(digits.truth, Number);
const isWrong = (row: number): boolean => labels[row] !== truth[row];
const numWrong = labels.filter((_, row) => isWrong(row)).length;

/* Measured, and held to a hundredth: precision, recall. */
it.each([
  ['prune_by_noise_rate', 0.898, 0.838],
  ['prune_by_class', 0.906, 0.911],
  ['both', 0.96, 0.81],
  ['confident_learning', 0.976, 0.682],
] as const)(
  "findLabelErrors, %s, finds spoilt digits with precision %d and recall %d, cleanlab's rows",
  (name, p, r) => {
    const { rows } = findLabelErrors(probabilities, labels, digits.numClasses, {
      filter: name.replaceAll('_', '-') as LabelErrorFilter,
    });
    expect([...rows].sort((a, b) => a - b)).toEqual(digits['cleanlab find_label_issues'][name]);
    const hits = rows.filter(isWrong).length;
    expect(Math.abs(hits / rows.length - p)).toBeLessThan(0.01);
    expect(Math.abs(hits / numWrong - r)).toBeLessThan(0.01);
    expect(hits / rows.length).toBeCloseTo(digits['cleanlab precision'][name]!, 12);
    expect(hits / numWrong).toBeCloseTo(digits['cleanlab recall'][name]!, 12);
  },
);

/* Measured: wrong ones among as many labels as were spoilt. Where nothing is known it would be 18.
 */
it.each([
  ['self-confidence', 166],
  ['normalized-margin', 163],
  ['confidence-weighted-entropy', 162],
] as const)('the 179 labels of least quality, %s, are wrong ones but for a few: %d', (method, measured) => {
  const quality = labelQuality(probabilities, labels, digits.numClasses, { method });
  const first = topRows(quality, 'ascending', { limit: numWrong });
  expect(numWrong).toBe(179);
  expect(Math.abs(first.filter(isWrong).length - measured)).toBeLessThanOrEqual(2);
});

it('so are those of greatest mistakenness, which looks at less: 151', () => {
  const first = topRows(mistakenness(probabilities, labels, digits.numClasses), 'descending', { limit: numWrong });
  expect(Math.abs(first.filter(isWrong).length - 151)).toBeLessThanOrEqual(2);
});
