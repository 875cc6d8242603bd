import type { OutputForm, ShapeKind } from '@qualm/types';

/** What the rows of a model's answers are. */
export interface AnswerForm {
  readonly form: OutputForm;
  /** What stands beside each box; nothing when absent. */
  readonly shapes?: readonly ShapeKind[];
}

/** The type of the boxes of an image, as Spark writes it. A mask is COCO's compressed RLE, as JSON.
 */
export function detectionsType({ form, shapes = [] }: AnswerForm): string {
  const scores = form === 'detections' ? 'score: FLOAT, label_id: INT' : 'scores: ARRAY<FLOAT>, label_ids: ARRAY<INT>';
  const beside = shapes.map((kind) => `, ${kind}: ${shapeTypes[kind]}`).join('');
  return `ARRAY<STRUCT<box: STRUCT<xmin: FLOAT, ymin: FLOAT, xmax: FLOAT, ymax: FLOAT>, ${scores}${beside}>>`;
}

const shapeTypes: Readonly<Record<ShapeKind, string>> = {
  mask: 'STRING',
  keypoints: 'ARRAY<FLOAT>',
  rotated_box: 'STRUCT<cx: FLOAT, cy: FLOAT, width: FLOAT, height: FLOAT, angle: FLOAT>',
};

/** The answer of a worker that an expression, a line, holds; `corrupt` is the line where it is no
 * JSON of this type.
 */
export function answerOf(line: string, form: AnswerForm): string {
  const type =
    'v: INT, worker: STRING, id: STRING, image: STRING, width: INT, height: INT, ' +
    `detections: ${detectionsType(form)}, measures: MAP<STRING, DOUBLE>, ` +
    'error: STRUCT<code: STRING, message: STRING>, corrupt: STRING';
  // FAILFAST would do each bad line's task again, and not say which line it was.
  const options =
    "'mode', 'PERMISSIVE', 'columnNameOfCorruptRecord', 'corrupt', 'allowNonNumericNumbers', 'false', 'allowSingleQuotes', 'false'";
  return `from_json(${line}, 'STRUCT<${type}>', map(${options}))`;
}

/** Whether an answer `a`, of the line `line`, is not what the worker of that fingerprint writes:
 * from_json takes an empty line, missing fields and what stands behind the object for NULL or
 * nothing.
 * @param fingerprint an expression.
 */
export function invalidAnswer({ form }: AnswerForm, fingerprint: string): string {
  const scores =
    form === 'detections'
      ? `${noNumber('d.score')} OR d.label_id IS NULL`
      : `d.scores IS NULL OR d.label_ids IS NULL OR size(d.scores) = 0 OR size(d.scores) <> size(d.label_ids)
      OR exists(d.scores, s -> ${noNumber('s')}) OR exists(d.label_ids, s -> s IS NULL)`;
  const box = ['xmin', 'ymin', 'xmax', 'ymax'].map((edge) => noNumber(`d.box.${edge}`)).join(' OR ');
  return `NOT coalesce(a.corrupt IS NULL AND a.v = 1 AND a.worker = ${fingerprint} AND a.id IS NOT NULL AND rtrim(line) LIKE '{%}'
    AND (a.detections IS NULL) <> (a.error IS NULL)
    AND (a.error IS NULL OR (a.error.code IS NOT NULL AND a.error.message IS NOT NULL))
    AND (a.error IS NOT NULL OR (a.width > 0 AND a.height > 0))
    AND NOT exists(coalesce(a.detections, array()), d -> d IS NULL OR ${box} OR ${scores}), false)`;
}

/** Spark reads the text "NaN" as a number. */
function noNumber(expression: string): string {
  return `${expression} IS NULL OR isnan(${expression})`;
}
