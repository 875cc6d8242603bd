import { ClassScores, Detections } from '@qualm/types';
import type { Head, HeadForm, HeadOptions, HeadOutput, Label, ModelSpec } from '@qualm/types';
import { assertHeadSpec } from './heads/assert-head-spec.ts';
import { createClassifier } from './heads/classifier.ts';
import { createDetector } from './heads/detector.ts';
import type { RowReader, ScoredRows } from './heads/scored-rows.ts';
import { createSortedScores } from './heads/sorted-scores.ts';

/** A head: raw outputs of the spec's model to rows of each image, boxes in pixels of the original image and clipped to
 * it, by score descending. `detections` yields each box's best class; `class_scores` the scores of all foreground
 * classes of the same boxes, sorted descending with label ids beside them, neither filtered nor normalised.
 *
 * Both forms select at the spec's thresholds. Then `minScore` leaves out rows whose best score is below it: for
 * `detections` by default the spec's `minScore`, or 0.5; for `class_scores` and for classifiers 0, so nothing.
 * Anchors with NaN in their score or box are left out; NaN scores of other classes are sorted last.
 * A classifier yields one row for each image, whose box is the whole image.
 * The head keeps scratch memory between calls; results are the caller's own.
 * @throws QualmError `spec-invalid` for a spec that contradicts itself; RangeError for options out of range.
 * @see docs in README.md, "Heads", for each head's outputs and defaults
 * @example createHead(spec, 'detections').decode(outputs, geometries)[0].at(0).label_id
 */
export function createHead<Form extends HeadForm>(
  spec: Pick<ModelSpec, 'head' | 'labels' | 'input'>,
  form: Form,
  options: HeadOptions = {},
): Head<Form> {
  assertHeadSpec(spec);
  const { head, labels } = spec;
  const minScore = options.minScore ?? defaultMinScore(spec, form);
  const topK = options.topK ?? labels.length;
  if (!(minScore >= 0 && minScore <= 1)) throw new RangeError(`createHead: minScore is ${minScore}; wanted 0 to 1`);
  if (!(Number.isInteger(topK) && topK > 0)) throw new RangeError(`createHead: topK is ${topK}; wanted 1 or more`);

  const reader: RowReader =
    head.type === 'classifier'
      ? createClassifier(head, labels.length)
      : createDetector(head, labels.length, spec.input.size);
  const forms: { [F in HeadForm]: (rows: ScoredRows, count: number) => HeadOutput[F] } = {
    detections: createDetections(labels),
    class_scores: createClassScores(labels, Math.min(topK, labels.length)),
  };

  return {
    form,
    outputs: reader.outputs,
    decode: (outputs, geometries) =>
      geometries.map((geometry, image) => {
        const rows = reader.read(outputs, image, geometry);
        return forms[form](rows, countFrom(rows, minScore));
      }),
  };
}

function defaultMinScore({ head }: Pick<ModelSpec, 'head'>, form: HeadForm): number {
  return form === 'class_scores' || head.type === 'classifier' ? 0 : (head.minScore ?? 0.5);
}

function countFrom(rows: ScoredRows, minScore: number): number {
  let count = rows.length;
  while (count > 0 && rows.score(count - 1) < minScore) count--;
  return count;
}

function createDetections(labels: readonly Label[]): (rows: ScoredRows, count: number) => Detections {
  return (rows, count) => {
    const boxes = new Float32Array(4 * count);
    const scores = new Float32Array(count);
    const labelIds = new Int32Array(count);
    for (let row = 0; row < count; row++) {
      rows.readBox(row, boxes, 4 * row);
      scores[row] = rows.score(row);
      labelIds[row] = labels[rows.classIndex(row)]!.id;
    }
    return new Detections(boxes, scores, labelIds);
  };
}

function createClassScores(labels: readonly Label[], topK: number): (rows: ScoredRows, count: number) => ClassScores {
  const foreground = new Float32Array(labels.length);
  const writeSorted = createSortedScores(labels, topK);
  return (rows, count) => {
    const boxes = new Float32Array(4 * count);
    const scores = new Float32Array(topK * count);
    const labelIds = new Int32Array(topK * count);
    for (let row = 0; row < count; row++) {
      rows.readBox(row, boxes, 4 * row);
      rows.readScores(row, foreground);
      writeSorted(foreground, scores, labelIds, row);
    }
    return new ClassScores(boxes, scores, labelIds, topK);
  };
}
