import { readFileSync } from 'node:fs';
import { toProbabilities } from '@qualm/types/rows';
import { describe, expect, it } from 'vitest';
import {
  brierScore,
  classwiseCalibrationError,
  expectedCalibrationError,
  fitTemperature,
  negativeLogLikelihood,
  reliabilityTable,
} from '../../src/index.ts';

interface Curve {
  readonly accuracy: number[];
  readonly confidence: number[];
}

interface Binned {
  readonly numBins: number;
  readonly 'torchmetrics.calibration_error': Record<'l1' | 'l2' | 'max', number>;
  readonly 'torchmetrics.binary_calibration_error of each class': number[];
  readonly 'baal.ECE'?: number;
  readonly 'baal.ECE_PerCLs'?: number[];
  readonly 'sklearn.calibration_curve uniform': Curve;
  readonly 'sklearn.calibration_curve quantile': Curve;
}

interface Case {
  readonly name: string;
  readonly numClasses: number;
  readonly logits: number[];
  readonly labels: number[];
  readonly 'sklearn.brier_score_loss': number;
  readonly 'sklearn.log_loss': number;
  readonly 'scipy.minimize_scalar': number;
  readonly 'torch.LBFGS': number;
  readonly 'nll at scipy.minimize_scalar': number;
  readonly bins: Binned[];
}

interface BaalTest {
  readonly probabilities: number[];
  readonly labels: number[];
  readonly numBins: number;
  readonly 'baal.ECE': number;
}

const fixture = new URL('../../fixtures/calibration/calibration.json', import.meta.url);
const { cases, baalTest } = JSON.parse(readFileSync(fixture, 'utf8')) as { cases: Case[]; baalTest: BaalTest };

it("expectedCalibrationError(p, labels) is .35 for baal's own test", () => {
  const { probabilities, labels, numBins } = baalTest;
  const got = expectedCalibrationError(Float64Array.from(probabilities), labels, 3, { numBins });
  expect(got).toBeCloseTo(0.35, 12);
  expect(got).toBeCloseTo(baalTest['baal.ECE'], 12);
});

describe.each(cases)('$name', (row) => {
  const { labels, numClasses } = row;
  const logits = Float64Array.from(row.logits);
  const probabilities = toProbabilities(logits, numClasses);

  it("brierScore and negativeLogLikelihood are scikit-learn's", () => {
    expect(brierScore(probabilities, labels, numClasses)).toBeCloseTo(row['sklearn.brier_score_loss'], 12);
    expect(negativeLogLikelihood(probabilities, labels, numClasses)).toBeCloseTo(row['sklearn.log_loss'], 12);
  });

  it("fitTemperature finds the temperature of SciPy's minimize_scalar and of torch's LBFGS to 1e-6", () => {
    const fit = fitTemperature(logits, labels, numClasses);
    for (const wanted of [row['scipy.minimize_scalar'], row['torch.LBFGS']]) {
      expect(Math.abs(fit.temperature / wanted - 1)).toBeLessThan(1e-6);
    }
    expect(fit.after.nll).toBeLessThanOrEqual(row['nll at scipy.minimize_scalar'] + 1e-15);
    expect(fit.after.nll).toBeCloseTo(row['nll at scipy.minimize_scalar'], 12);
    expect(fit.before.nll).toBeCloseTo(row['sklearn.log_loss'], 12);
    expect(fit.atBound).toBe(false);
    expect(fit.iterations).toBeLessThan(15);
  });

  it('fitTemperature(probabilities, labels, k, { from: "probabilities" }) finds the same', () => {
    const fit = fitTemperature(logits, labels, numClasses);
    const fromProbabilities = fitTemperature(probabilities, labels, numClasses, { from: 'probabilities' });
    expect(fromProbabilities.temperature).toBeCloseTo(fit.temperature, 9);
    expect(fromProbabilities.after.ece).toBeCloseTo(fit.after.ece, 9);
  });

  describe.each(row.bins)('in $numBins bins', (wanted) => {
    const { numBins } = wanted;

    // torchmetrics works in float32.
    it.each(['l1', 'l2', 'max'] as const)("expectedCalibrationError, norm %s, is torchmetrics'", (norm) => {
      const got = expectedCalibrationError(probabilities, labels, numClasses, { numBins, norm });
      expect(got).toBeCloseTo(wanted['torchmetrics.calibration_error'][norm], 6);
    });

    it.runIf(numClasses > 1)("classwiseCalibrationError is torchmetrics' of each class against the rest", () => {
      const got = classwiseCalibrationError(probabilities, labels, numClasses, { numBins });
      expect(got.length).toBe(numClasses);
      got.forEach((error, label) => {
        expect(error).toBeCloseTo(wanted['torchmetrics.binary_calibration_error of each class'][label]!, 6);
      });
    });

    it.runIf(numClasses > 1)("expectedCalibrationError is baal's, of all rows and of those of one label", () => {
      const ofAll = expectedCalibrationError(probabilities, labels, numClasses, { numBins });
      expect(ofAll).toBeCloseTo(wanted['baal.ECE']!, 12);
      wanted['baal.ECE_PerCLs']!.forEach((error, label) => {
        const rows = labels.flatMap((other, index) => (other === label ? [index] : []));
        const some = rows.flatMap((index) => [...probabilities.subarray(index * numClasses, (index + 1) * numClasses)]);
        const own = rows.map(() => label);
        expect(expectedCalibrationError(Float64Array.from(some), own, numClasses, { numBins })).toBeCloseTo(error, 12);
      });
    });

    it.each([
      ['equal-width', 'uniform'],
      ['equal-mass', 'quantile'],
    ] as const)("reliabilityTable, %s, is scikit-learn's calibration_curve, %s", (binning, strategy) => {
      const { count, confidence, accuracy } = reliabilityTable(probabilities, labels, numClasses, { numBins, binning });
      const filled = [...count.keys()].filter((bin) => count[bin]! > 0);
      const curve = wanted[`sklearn.calibration_curve ${strategy}`];
      expect(filled.map((bin) => confidence[bin])).toEqual(curve.confidence.map((value) => expect.closeTo(value, 12)));
      expect(filled.map((bin) => accuracy[bin])).toEqual(curve.accuracy.map((value) => expect.closeTo(value, 12)));
    });
  });
});
