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

/** A learner: multinomial logistic regression on the features as they come, with an L2 penalty on the coefficients but not on
 * the intercepts, and no chance in it. It minimises `strength * sum of -ln p(label) + |coefficients|^2 / 2`, over the classes that have
 * a row; a class that has none gets the probability 0, and a lone class 1. Of two classes it is their difference that is penalised.
 * @throws RangeError for a strength, a tolerance or a number of iterations that is not positive.
 * @see `sklearn.linear_model.LogisticRegression(C=strength)`, which finds the same probabilities
 * @example logisticRegression().fit({ features, numFeatures, labels, numClasses, random }).predict(features, numFeatures)
 */
export function logisticRegression(options: LogisticRegressionOptions = {}): Learner {
  const { strength = 1, tolerance = 1e-4, maxIterations = 500 } = options;
  for (const [name, value] of Object.entries({ strength, tolerance, maxIterations })) {
    if (!(value > 0)) throw new RangeError(`logisticRegression: ${name} is ${value}; wanted a positive number`);
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

/** The penalised loss, divided by what all rows weigh together so that one tolerance does for few rows and for many. A point is a row of
 * coefficients and an intercept for each class that was seen. */
function lossOf(
  { features, numFeatures, labels }: LabelledRows,
  seen: Int32Array,
  strength: number,
): (point: Float64Array, gradient: Float64Array) => number {
  const numRows = labels.length;
  const width = numFeatures + 1;
  const targets = labels.map((label) => seen.indexOf(label));
  const probabilities = new Float64Array(seen.length);
  // Of two classes scikit-learn fits one row of coefficients; two rows that mirror it are penalised half as much.
  const penalty = (seen.length === 2 ? 2 : 1) / (strength * numRows);
  return (point, gradient) => {
    gradient.fill(0);
    let loss = 0;
    for (let row = 0; row < numRows; row++) {
      const from = row * numFeatures;
      activate(point, features, from, numFeatures, probabilities);
      const target = targets[row]!;
      loss += softmax(probabilities, 0, seen.length, target);
      for (let label = 0; label < seen.length; label++) {
        const residual = (probabilities[label]! - Number(label === target)) / numRows;
        const at = label * width;
        for (let i = 0; i < numFeatures; i++) gradient[at + i]! += residual * features[from + i]!;
        gradient[at + numFeatures]! += residual;
      }
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

function activate(point: Float64Array, features: Matrix, from: number, numFeatures: number, out: Float64Array): void {
  for (let label = 0, at = 0; label < out.length; label++, at += numFeatures + 1) {
    let even = point[at + numFeatures]!;
    let odd = 0;
    let i = 0;
    // Two sums, so that one addition need not wait for the other.
    for (; i + 1 < numFeatures; i += 2) {
      even += point[at + i]! * features[from + i]!;
      odd += point[at + i + 1]! * features[from + i + 1]!;
    }
    if (i < numFeatures) even += point[at + i]! * features[from + i]!;
    out[label] = even + odd;
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
      if (width !== numFeatures) throw new RangeError(`predict: rows of ${width} features; learnt from ${numFeatures}`);
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
