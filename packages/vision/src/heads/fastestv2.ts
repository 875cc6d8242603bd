import { QualmError } from '@qualm/types';
import type { AnchorReader, DetectorHead, DetectorSpec, ReaderContext, TensorMap } from '@qualm/types';
import { createObjectness } from './objectness.ts';
import { assertLabels, readOutput } from './read-output.ts';
import type { OutputRow } from './read-output.ts';
import { writeCenteredBox } from './write-centered-box.ts';

const schema = {
  type: 'object',
  description: 'For each stride one output [n, height, width, 5 * anchors + classes].',
  additionalProperties: false,
  required: ['outputs', 'anchors'],
  properties: {
    outputs: {
      type: 'object',
      description: 'Names of the raw outputs to read.',
      additionalProperties: false,
      required: ['predictions'],
      properties: {
        predictions: {
          type: 'array',
          description: 'One for each stride.',
          minItems: 1,
          items: { type: 'string', minLength: 1 },
        },
      },
    },
    anchors: {
      type: 'array',
      description: 'Width and height of the anchors of each output, in input pixels.',
      minItems: 1,
      items: {
        type: 'array',
        minItems: 1,
        items: {
          type: 'array',
          items: [
            { type: 'number', exclusiveMinimum: 0 },
            { type: 'number', exclusiveMinimum: 0 },
          ],
          minItems: 2,
          additionalItems: false,
        },
      },
    },
  },
} as const;

/** What a spec says of a Yolo-FastestV2. */
export type Fastestv2HeadSpec = DetectorSpec<'fastestv2', typeof schema>;

/** Yolo-FastestV2, as its own export to ONNX writes it. */
export const fastestv2: DetectorHead<Fastestv2HeadSpec> = {
  type: 'fastestv2',
  schema,
  defaults: { iouThreshold: 0.4 },
  createReader: createFastestv2Reader,
};

interface Level extends OutputRow {
  /** The first of its anchors among all. */
  readonly first: number;
  readonly anchors: readonly (readonly [number, number])[];
}

/** Reads, for each stride, [n, height, width, 5 * anchors + classes], all past their sigmoid or
 * softmax: boxes of the anchors, their objectness, and class scores that they share. The score is
 * objectness * class.
 * @see https://github.com/dog-qiuqiu/Yolo-FastestV2/blob/main/utils/utils.py (handel_preds)
 */
function createFastestv2Reader(head: Fastestv2HeadSpec, { numLabels, size }: ReaderContext): AnchorReader {
  const names = head.outputs.predictions;
  assertLevels(head);
  const columns = 1 + numLabels;
  let scores = new Float32Array(0);

  return {
    outputs: names,
    read: (outputs, image) => {
      const levels = readLevels(head, outputs, image, numLabels);
      const { first, shape, anchors } = levels.at(-1)!;
      const numAnchors = first + shape[1]! * shape[2]! * anchors.length;
      if (scores.length < numAnchors * columns) scores = new Float32Array(numAnchors * columns);
      for (const level of levels) copyScores(level, numLabels, scores);
      return {
        ...createObjectness(
          names.join(', '),
          { data: scores, offset: 0, numAnchors, anchorStride: columns },
          numLabels,
        ),
        readBox: (anchor, out, at) => {
          const { first, anchors, data, offset, shape } = levels.findLast((level) => level.first <= anchor)!;
          const [, rows, cells, channels] = shape as [number, number, number, number];
          const which = (anchor - first) % anchors.length;
          const cell = (anchor - first - which) / anchors.length;
          const from = offset + cell * channels + 4 * which;
          const [anchorWidth, anchorHeight] = anchors[which]!;
          const x = (2 * data[from]! - 0.5 + (cell % cells)) * (size.width / cells);
          const y = (2 * data[from + 1]! - 0.5 + Math.floor(cell / cells)) * (size.height / rows);
          writeCenteredBox(
            x,
            y,
            (2 * data[from + 2]!) ** 2 * anchorWidth,
            (2 * data[from + 3]!) ** 2 * anchorHeight,
            out,
            at,
          );
        },
      };
    },
  };
}

function assertLevels({ anchors, outputs: { predictions } }: Fastestv2HeadSpec): void {
  if (anchors.length === predictions.length) return;
  throw new QualmError(
    'spec-invalid',
    `head fastestv2: ${predictions.length} outputs, anchors of ${anchors.length}; expected a list of anchors for each output`,
  );
}

function readLevels(head: Fastestv2HeadSpec, outputs: TensorMap, image: number, numLabels: number): Level[] {
  let first = 0;
  return head.outputs.predictions.map((name, level) => {
    const anchors = head.anchors[level]!;
    const wanted = ['n', 'height', 'width', `${5 * anchors.length} + classes`];
    const row = readOutput('fastestv2', outputs, name, image, wanted);
    const [, rows, cells, channels] = row.shape as [number, number, number, number];
    assertLabels('fastestv2', name, row.shape, channels - 5 * anchors.length, numLabels);
    const found = { ...row, first, anchors };
    first += rows * cells * anchors.length;
    return found;
  });
}

/** Writes the objectness of each anchor, and behind it the class scores of its cell. */
function copyScores({ data, offset, shape, first, anchors }: Level, numLabels: number, out: Float32Array): void {
  const [, rows, cells, channels] = shape as [number, number, number, number];
  let at = first * (1 + numLabels);
  for (let cell = 0; cell < rows * cells; cell++) {
    const from = offset + cell * channels + 4 * anchors.length;
    const classes = data.subarray(from + anchors.length, from + anchors.length + numLabels);
    for (let which = 0; which < anchors.length; which++, at += 1 + numLabels) {
      out[at] = data[from + which]!;
      out.set(classes, at + 1);
    }
  }
}
