import { assertOptions } from '@qualm/types';
import type { Matrix } from '@qualm/strategies';
import type { Classifier, LabelledRows, Learner } from './learner.ts';
import { minimize } from './minimize.ts';

/** Options of `logisticRegression`. */
export interface LogisticRegressionOptions {
  /** The weight of the data against the penalty on coefficients, as scikit-learn's C. Default 1. */
  readonly strength?: number;
  /** Done when no component of the gradient of the mean loss is greater. Default 1e-4. */
  readonly tolerance?: number;
  /** Default 500. */
  readonly maxIterations?: number;
}

/** A learner: multinomial logistic regression on the features as they come, with an L2 penalty on
 * the coefficients but not on the intercepts, and no chance in it. It minimises
 * `strength * sum of -ln p(label) + |coefficients|^2 / 2`, over the classes that have a row; a
 * class that has none gets the probability 0, and a lone class 1. Of two classes it is their
 * difference that is penalised.
 * @throws RangeError for a strength, a tolerance or a number of iterations that is not positive.
 * @see `sklearn.linear_model.LogisticRegression(C=strength)`, which finds the same probabilities
 * @example logisticRegression().fit({ features, numFeatures, labels, numClasses, random }).predict(features, numFeatures)
 */
export function logisticRegression(options: LogisticRegressionOptions = {}): Learner {
  assertOptions('logisticRegression', options, '{ strength: 1 }');
  const { strength = 1, tolerance = 1e-4, maxIterations = 500 } = options;
  for (const [name, value] of Object.entries({ strength, tolerance, maxIterations })) {
    if (!(typeof value === 'number' && value > 0))
      throw new RangeError(`logisticRegression: ${name} is ${String(value)}; expected a positive number`);
  }
  return {
    name: 'logisticRegression',
    fit: (rows) => {
      const seen = classesOf(rows);
      const { point } = minimize(lossOf(rows, seen, strength), new Float64Array(seen.length * (rows.numFeatures + 1)), {
        tolerance,
        maxIterations,
      });
      return classifierOf(point, seen, rows);
    },
    origin: {
      module: new URL('../dist/logistic-regression.js', import.meta.url).href,
      export: 'logisticRegression',
      arguments: [options],
    },
  };
}

function classesOf({ labels, numClasses }: LabelledRows): Int32Array {
  return Int32Array.from({ length: numClasses }, (_, label) => label).filter((label) => labels.includes(label));
}

/** The penalised loss, divided by what all rows weigh together so that one tolerance does for few
 * rows and for many. A point is a row of coefficients and an intercept for each class that was
 * seen. */
function lossOf(
  { features, numFeatures, labels }: LabelledRows,
  seen: Int32Array,
  strength: number,
): (point: Float64Array, gradient: Float64Array) => number {
  const numRows = labels.length;
  const width = numFeatures + 1;
  const targets = labels.map((label) => seen.indexOf(label));
  const probabilities = new Float64Array(seen.length);
  // Of two classes scikit-learn fits one row of coefficients; two rows that mirror it are penalised
  // half as much.
  const penalty = (seen.length === 2 ? 2 : 1) / (strength * numRows);
  const residuals = new Float64Array(numRows * seen.length);
  return (point, gradient) => {
    gradient.fill(0);
    let loss = 0;
    for (let row = 0, at = 0; row < numRows; row++, at += seen.length) {
      activate(point, features, row * numFeatures, numFeatures, probabilities);
      const target = targets[row]!;
      loss += softmax(probabilities, 0, seen.length, target);
      for (let label = 0; label < seen.length; label++) {
        residuals[at + label] = (probabilities[label]! - Number(label === target)) / numRows;
      }
    }
    for (let label = 0; label < seen.length; label++) {
      addRows(gradient, label * width, features, numFeatures, residuals, label, seen.length);
    }
    let squares = 0;
    for (let label = 0; label < seen.length; label++) {
      for (let i = label * width; i < label * width + numFeatures; i++) {
        squares += point[i]! ** 2;
        gradient[i]! += penalty * point[i]!;
      }
    }
    return loss / numRows + (penalty * squares) / 2;
  };
}

/** The logits of a row, of four labels at a time, so that no sum waits for the one before. */
function activate(point: Float64Array, features: Matrix, from: number, numFeatures: number, out: Float64Array): void {
  const width = numFeatures + 1;
  let label = 0;
  let a = 0;
  for (; label + 3 < out.length; label += 4, a += 4 * width) {
    const b = a + width;
    const c = b + width;
    const d = c + width;
    let first = 0;
    let second = 0;
    let third = 0;
    let fourth = 0;
    for (let i = 0; i < numFeatures; i++) {
      const feature = features[from + i]!;
      first += point[a + i]! * feature;
      second += point[b + i]! * feature;
      third += point[c + i]! * feature;
      fourth += point[d + i]! * feature;
    }
    out[label] = first + point[a + numFeatures]!;
    out[label + 1] = second + point[b + numFeatures]!;
    out[label + 2] = third + point[c + numFeatures]!;
    out[label + 3] = fourth + point[d + numFeatures]!;
  }
  for (; label < out.length; label++, a += width) {
    let sum = 0;
    for (let i = 0; i < numFeatures; i++) sum += point[a + i]! * features[from + i]!;
    out[label] = sum + point[a + numFeatures]!;
  }
}

/** Adds each row of features times its residual of one label to that label's part of the
 * gradient, four rows at a time, so that the gradient is read and written a fourth as often. */
function addRows(
  gradient: Float64Array,
  at: number,
  features: Matrix,
  numFeatures: number,
  residuals: Float64Array,
  label: number,
  numLabels: number,
): void {
  const numRows = residuals.length / numLabels;
  let row = 0;
  for (; row + 3 < numRows; row += 4) {
    const from = row * numLabels + label;
    const first = residuals[from]!;
    const second = residuals[from + numLabels]!;
    const third = residuals[from + 2 * numLabels]!;
    const fourth = residuals[from + 3 * numLabels]!;
    const a = row * numFeatures;
    const b = a + numFeatures;
    const c = b + numFeatures;
    const d = c + numFeatures;
    for (let i = 0; i < numFeatures; i++) {
      gradient[at + i]! +=
        first * features[a + i]! + second * features[b + i]! + third * features[c + i]! + fourth * features[d + i]!;
    }
    gradient[at + numFeatures]! += first + second + third + fourth;
  }
  for (; row < numRows; row++) {
    const residual = residuals[row * numLabels + label]!;
    for (let i = 0; i < numFeatures; i++) gradient[at + i]! += residual * features[row * numFeatures + i]!;
    gradient[at + numFeatures]! += residual;
  }
}

/** Turns logits into probabilities, and gives -ln of that of `target`. */
function softmax(values: Float64Array, from: number, length: number, target: number): number {
  let largest = -Infinity;
  for (let i = from; i < from + length; i++) largest = Math.max(largest, values[i]!);
  const ofTarget = values[from + target]! - largest;
  let sum = 0;
  for (let i = from; i < from + length; i++) sum += values[i] = Math.exp(values[i]! - largest);
  for (let i = from; i < from + length; i++) values[i]! /= sum;
  return Math.log(sum) - ofTarget;
}

function classifierOf(point: Float64Array, seen: Int32Array, { numClasses, numFeatures }: LabelledRows): Classifier {
  return {
    predict: (features, width) => {
      if (width !== numFeatures)
        throw new RangeError(`predict: rows have ${width} features; expected ${numFeatures}, as in fit`);
      const out = new Float64Array((features.length / numFeatures) * numClasses);
      const row = new Float64Array(seen.length);
      for (let from = 0, at = 0; from < features.length; from += numFeatures, at += numClasses) {
        activate(point, features, from, numFeatures, row);
        softmax(row, 0, row.length, 0);
        for (let i = 0; i < seen.length; i++) out[at + seen[i]!] = row[i]!;
      }
      return out;
    },
  };
}
