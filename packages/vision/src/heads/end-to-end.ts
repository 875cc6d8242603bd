import { counted } from '@qualm/types';
import type { Anchors, AnchorReader, DetectorHead, DetectorSpec, OutputProblem, ReaderContext } from '@qualm/types';
import { identity } from './activation.ts';
import { createBoxWriter } from './box-format.ts';
import { endToEndSchema } from './end-to-end-schema.ts';
import { createRowSource } from './end-to-end-rows.ts';
import type { FoundRows } from './end-to-end-rows.ts';
import { recogniseEndToEnd } from './recognise/recognise-end-to-end.ts';

/** What a spec says of a model that suppresses boxes itself. */
export type EndToEndHeadSpec = DetectorSpec<'end-to-end', typeof endToEndSchema>;

/** Models that end in their own suppression (YOLO26, YOLOv10, exports with `nms=True`,
 * torchvision's detectors): one score and one class for each box, so no class scores.
 */
export const endToEnd: DetectorHead<EndToEndHeadSpec> = {
  type: 'end-to-end',
  schema: endToEndSchema,
  defaults: { iouThreshold: 1, maxDetections: 300 },
  forms: ['detections'],
  createReader: createEndToEndReader,
  recognise: recogniseEndToEnd,
};

/** Reads [n, boxes, 6] or three outputs. The score of a box stands in the column of its class, and
 * 0 in all others.
 */
function createEndToEndReader(head: EndToEndHeadSpec, context: ReaderContext): AnchorReader {
  const { format = 'xyxy', units = 'pixels', classes = 'index' } = head;
  const { labels, numLabels, size } = context;
  const source = createRowSource(head.outputs);
  const writeBox = createBoxWriter(format, units, size);
  const columnOf = classes === 'index' ? columnOfIndex(numLabels) : columnOfId(labels.map(({ id }) => id));
  let scores = new Float32Array(0);

  return {
    outputs: source.outputs,
    read: (outputs, image) => {
      const rows = source.read(outputs, image);
      const { numRows, boxes } = rows;
      if (scores.length < numRows * numLabels) scores = new Float32Array(numRows * numLabels);
      const unknown = spread(rows, columnOf, scores, numLabels);
      const strides = { anchorStride: numLabels, classStride: 1 };
      return {
        scores: { data: scores, offset: 0, numAnchors: numRows, numClasses: numLabels, ...strides },
        activation: identity,
        raw: rows.raw,
        problem: problemOf(unknown, rows, numLabels, classes),
        readBox: (anchor, out, at) => {
          const from = boxes.offset + anchor * boxes.stride;
          const { data } = boxes;
          writeBox(data[from]!, data[from + 1]!, data[from + 2]!, data[from + 3]!, out, at);
        },
      } satisfies Anchors;
    },
  };
}

type ColumnOf = (classNumber: number) => number | undefined;

function columnOfIndex(numLabels: number): ColumnOf {
  return (index) => (Number.isInteger(index) && index >= 0 && index < numLabels ? index : undefined);
}

function columnOfId(ids: readonly number[]): ColumnOf {
  const columns = new Map(ids.map((id, column) => [id, column]));
  return (id) => columns.get(id);
}

/** Writes the score of each row to the column of its class; gives the rows that score and have no
 * class of the spec.
 */
function spread(
  { numRows, scoreAt, classAt }: FoundRows,
  columnOf: ColumnOf,
  out: Float32Array,
  numLabels: number,
): number[] {
  const unknown: number[] = [];
  out.fill(0, 0, numRows * numLabels);
  for (let row = 0; row < numRows; row++) {
    const score = scoreAt(row);
    if (!(score > 0)) continue;
    const column = columnOf(classAt(row));
    if (column === undefined) unknown.push(row);
    else out[row * numLabels + column] = score;
  }
  return unknown;
}

function problemOf(
  unknown: readonly number[],
  { classAt, classOutput }: FoundRows,
  labels: number,
  classes: 'index' | 'id',
): OutputProblem | null {
  const [first] = unknown;
  if (first === undefined) return null;
  const wanted =
    classes === 'index'
      ? `the spec has ${counted(labels, 'label')}, counted from 0`
      : `none of the ${counted(labels, 'label')} of the spec has that id`;
  const other =
    classes === 'index'
      ? 'set head.classes to "id" where the model gives ids of labels (torchvision)'
      : 'set head.classes to "index" where the model counts classes from 0';
  const message =
    `head end-to-end: output "${classOutput}" holds ${classAt(first)} as the class of ${counted(unknown.length, 'box', 'boxes')}, ${wanted}; ` +
    `list all labels, or ${other}`;
  return { message, isFatal: true, isOfSpec: true };
}
