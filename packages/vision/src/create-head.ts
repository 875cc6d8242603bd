import { assertArray, assertOptions, ClassScores, Detections, findHead, QualmError, scoreKindOf } from '@qualm/types';
import type { CreateHeadOptions, Head, ImageGeometry, OutputForm, HeadOutput } from '@qualm/types';
import type { Label, ModelSpec, OutputProblem, ScoreKind } from '@qualm/types';
import { assertForm } from './assert-arguments.ts';
import { assertSpecParts } from './heads/assert-spec-parts.ts';
import { createDetector } from './heads/detector.ts';
import { guardHead } from './heads/guard-head.ts';
import { heads as ownHeads } from './heads/heads.ts';
import { inFloat32 } from './heads/in-float32.ts';
import { clamp } from './heads/plain-sorted-rows.ts';
import type { RowReader, ScoredRows } from './heads/scored-rows.ts';
import { selectionOf } from './heads/selection-defaults.ts';
import { createSortedRows } from './heads/sorted-rows.ts';
import { createWholeImage } from './heads/whole-image.ts';

/** A head: raw outputs of the spec's model to rows of each image, boxes in pixels of the original
 * image and clipped to it, by score descending. `detections` yields each box's best class;
 * `class_scores` the scores of all foreground classes of the same boxes, sorted descending with
 * label ids beside them, neither filtered nor normalised.
 *
 * Both forms select at the spec's thresholds. Then `minScore` leaves out boxes whose best score is
 * below it: for `detections` by default the spec's `minScore`, or 0.5; for `class_scores` 0, so
 * nothing. Scores are 0..1: the numbers that they are made of are checked, and what is wrong with
 * an image's is reported. Anchors with NaN in their score or box are left out; NaN scores of other
 * classes are sorted last. Masks, key points and turned boxes stand beside the boxes where the
 * head's reader has them. A classifier yields one row for each image, whose box is the whole image;
 * it has no `minScore`. The head keeps scratch memory between calls; results are the caller's own.
 * @throws QualmError `spec-invalid` for a spec that contradicts itself, `plugin-failed` where a
 * head of your own throws; RangeError for options out of range.
 * @see docs in README.md, "Heads", for each head's outputs and defaults
 * @example createHead(spec, 'detections').decode(outputs, geometries)[0].at(0).label_id
 */
export function createHead<Form extends OutputForm>(
  spec: Pick<ModelSpec, 'head' | 'labels' | 'input' | 'scoreKind'>,
  form: Form,
  options: CreateHeadOptions = {},
): Head<Form> {
  assertOptions('createHead', options, '{ minScore: 0.25 }');
  const { heads = ownHeads } = options;
  assertSpecParts('createHead', spec, heads);
  assertArray('createHead', 'labels of its spec', spec.labels, "an array, such as [{ id: 1, name: 'person' }]");
  assertForm(form);
  const { head, labels } = spec;
  const definition = findHead('createHead', heads, head.type)!;
  if (definition.kind === 'embedding') throw onlyVectors(head.type);
  if (definition.forms?.includes(form) === false) throw withoutForm(head.type, form, definition.forms);
  const isClassifier = definition.defaults === null;
  const selection = isClassifier ? null : selectionOf(definition, head);
  const topK = options.topK ?? labels.length;
  const minScore = options.minScore ?? (form === 'class_scores' ? 0 : (selection?.minScore ?? 0));
  if (!(minScore >= 0 && minScore <= 1)) throw new RangeError(`createHead: minScore is ${minScore}; expected 0 to 1`);
  if (!(Number.isInteger(topK) && topK > 0)) throw new RangeError(`createHead: topK is ${topK}; expected 1 or more`);
  if (form === 'class_scores' && selection?.duplicates === 'keep') throw duplicated(head.type);

  const task = isClassifier ? 'classification' : 'detection';
  const scoreKind = scoreKindOf(spec, task);
  const context = { numLabels: labels.length, labels, size: spec.input.size, layout: spec.input.layout };
  const guard = guardHead(heads, definition);
  const reader: RowReader = guard.createReader(() =>
    isClassifier ? createWholeImage(definition, head, context) : createDetector(definition, head, context),
  );
  const checkSums = createSumCheck(head.type, scoreKind, labels.length);
  const forms: { [F in OutputForm]: (rows: ScoredRows, count: number) => HeadOutput[F] } = {
    detections: createDetections(labels),
    class_scores: createClassScores(labels, Math.min(topK, labels.length)),
  };

  return {
    form,
    scoreKind,
    task,
    minScore: isClassifier ? 0 : minScore,
    outputs: reader.outputs,
    ...(reader.shapes.length > 0 && { shapes: reader.shapes }),
    decode: (outputs, geometries, report) => {
      const numbers = inFloat32(outputs, reader.outputs);
      const decodeOne = (geometry: ImageGeometry, image: number): HeadOutput[Form] => {
        const rows = reader.read(numbers, image, geometry);
        const problem = rows.problem ?? checkSums(rows);
        if (problem) report?.(image, problem);
        return forms[form](rows, isClassifier ? rows.length : countFrom(rows, minScore));
      };
      return guard.decode(() => geometries.map(decodeOne));
    },
  };
}

/** Rows of class scores that stand once for each class would be the same row several times. */
function duplicated(type: string): QualmError {
  return new QualmError(
    'spec-invalid',
    `head ${type}: duplicates "keep" gives class_scores the same row once for each class that passes; ` +
      'ask for the form "detections", or set head.duplicates to "drop"',
  );
}

function onlyVectors(type: string): QualmError {
  return new QualmError(
    'spec-invalid',
    `head ${type} makes vectors, which have no boxes and no class scores; ` +
      'store them with qualm embed, or choose images that differ with qualm batch --diverse (loadEmbedder in code)',
  );
}

/** Class scores that a model's own suppression threw away cannot be given. */
function withoutForm(type: string, form: OutputForm, forms: readonly OutputForm[]): QualmError {
  return new QualmError(
    'spec-invalid',
    `head ${type} gives no ${form}: its model keeps one score of each box; ask for the form "${forms.join('" or "')}", or ` +
      'export the model again without its own suppression, with all class scores (Ultralytics: end2end=False, nms=False)',
  );
}

function countFrom(rows: ScoredRows, minScore: number): number {
  let count = rows.length;
  while (count > 0 && rows.score(count - 1) < minScore) count--;
  return count;
}

/** The foreground's share of a distribution may pass 1 by what quantised outputs are off. */
const mostSum = 1.05;

/** A check that the scores of each row are no more than one distribution, where they are said to be
 * one.
 */
function createSumCheck(type: string, kind: ScoreKind, numClasses: number): (rows: ScoredRows) => OutputProblem | null {
  if (kind !== 'distribution' || numClasses === 1) return () => null;
  const scores = new Float32Array(numClasses);
  return (rows) => {
    for (let row = 0; row < rows.length; row++) {
      rows.readScores(row, 1, scores);
      let sum = 0;
      for (let c = 0; c < numClasses; c++) sum += scores[c]!;
      if (!(sum > mostSum)) continue;
      const message =
        `head ${type}: the scores of a row sum to ${Number(sum.toPrecision(3))}, expected 1 at most of a distribution; ` +
        'set scoreKind to "independent" in the spec, or the activation that the scores still need';
      return { message, isFatal: false, isOfSpec: true };
    }
    return null;
  };
}

function createDetections(labels: readonly Label[]): (rows: ScoredRows, count: number) => Detections {
  return (rows, count) => {
    const boxes = new Float32Array(4 * count);
    const scores = new Float32Array(count);
    const labelIds = new Int32Array(count);
    for (let row = 0; row < count; row++) {
      rows.readBox(row, boxes, 4 * row);
      scores[row] = clamp(rows.score(row));
      labelIds[row] = labels[rows.classIndex(row)]!.id;
    }
    return new Detections(boxes, scores, labelIds, rows.readShapes?.(boxes));
  };
}

function createClassScores(labels: readonly Label[], topK: number): (rows: ScoredRows, count: number) => ClassScores {
  const sortRows = createSortedRows(labels, topK);
  return (rows, count) => {
    const boxes = new Float32Array(4 * count);
    const scores = new Float32Array(topK * count);
    const labelIds = new Int32Array(topK * count);
    for (let row = 0; row < count; row++) rows.readBox(row, boxes, 4 * row);
    sortRows((first, many, out) => rows.readScores(first, many, out), scores, labelIds);
    return new ClassScores(boxes, scores, labelIds, topK, rows.readShapes?.(boxes));
  };
}
