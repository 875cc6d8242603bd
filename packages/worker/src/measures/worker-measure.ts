import { defaultMinScore, imageMeasure, scoreColumn } from '@qualm/strategies';
import type { Aggregation } from '@qualm/strategies';
import { assertFunctions, assertObject, assertOptions } from '@qualm/types';
import type { ClassScores, Detections, OutputForm, RowMeaning, ScoresColumn, Strategy } from '@qualm/types';

/** A number of an image. */
export interface WorkerMeasure {
  /** Its key among the measures of an answer. */
  readonly name: string;
  /** From all boxes of an image; NaN where they say nothing. */
  readonly measure: (detections: Detections | ClassScores) => number;
}

/** What a measure is made of. */
export interface MeasureParts {
  readonly name: string;
  readonly strategy: Strategy;
  /** How the number of an image comes from those of its boxes; by default as `qualm rank` does it.
   */
  readonly aggregation?: Aggregation | undefined;
}

/** What of a model decides how its images are measured. */
export interface MeasuredModel extends Pick<RowMeaning, 'scoreKind' | 'task'> {
  readonly form: OutputForm;
  readonly labels: { readonly length: number };
}

/** The number that `qualm rank` gives an image: a strategy over its boxes, of which those do not
 * count whose best class scores below 0.2; a classifier's row always counts. NaN where no box
 * counts, and where the number of one is NaN.
 * @throws QualmError `options-invalid` for an aggregation that means nothing for the strategy.
 */
export function createMeasure(parts: MeasureParts, model: MeasuredModel): WorkerMeasure {
  assertOptions('createMeasure', parts, "{ name: 'margin', strategy: margin }", 'what it is made of');
  assertOptions('createMeasure', model, 'what loadModel gives', 'its model');
  const { name, strategy, aggregation: asked } = parts;
  const { scoreKind, task, form, labels } = model;
  assertFunctions('createMeasure', 'its strategy', strategy, ['score'], 'one such as margin');
  assertObject('createMeasure', 'labels of its model', labels, 'those of a loaded model');
  const numClasses = labels.length;
  const { aggregation, ofBox, boxOrder } = imageMeasure({
    ...{ strategy, aggregation: asked, scoreKind, task, form, numClasses },
  });
  const minScore = task === 'classification' ? 0 : defaultMinScore;
  return {
    name,
    measure(detections) {
      const values = scoreColumn(countedRows(detections, minScore), strategy).map(ofBox);
      if (values.length === 0 || values.some(Number.isNaN)) return NaN;
      return aggregation.reduce(values, 0, values.length, boxOrder);
    },
  };
}

/** The scores of the boxes that count, one row each. */
function countedRows({ scores, numClasses, length }: Detections | ClassScores, minScore: number): ScoresColumn {
  const rows: number[] = [];
  for (let row = 0; row < length; row++) if (scores[row * numClasses]! >= minScore) rows.push(row);
  const matrix = rows.length === length ? scores : new Float32Array(rows.length * numClasses);
  const scoresOf = (row: number): Float32Array => scores.subarray(row * numClasses, (row + 1) * numClasses);
  if (matrix !== scores) rows.forEach((row, at) => matrix.set(scoresOf(row), at * numClasses));
  const at = (row: number): Float32Array => matrix.subarray(row * numClasses, (row + 1) * numClasses);
  return {
    ...{ length: rows.length, at, matrix, numClasses },
    *[Symbol.iterator]() {
      for (let row = 0; row < rows.length; row++) yield at(row);
    },
  };
}
