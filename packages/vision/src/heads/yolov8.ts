import type { Yolov8HeadSpec } from '@qualm/types';
import { identity, sigmoid } from './activation.ts';
import type { AnchorReader } from './anchor-reader.ts';
import { knownExtraRows, knownLayout } from './known-layout.ts';
import { assertLabels, mismatch, readOutput } from './read-output.ts';
import { writeCenteredBox } from './write-centered-box.ts';

/** Reads [n, 4 + classes, anchors]: centre, width and height in input pixels, then class scores. */
export function createYolov8Reader(head: Yolov8HeadSpec, numLabels: number): AnchorReader {
  const name = head.outputs.predictions;
  const needsSigmoid = head.activation === 'sigmoid';

  return {
    outputs: [name],
    read: (outputs, image) => {
      const { data, offset, shape } = readOutput('yolov8', outputs, name, image, ['n', '4 + classes', 'anchors']);
      const [, , numAnchors] = shape as [number, number, number];
      assertRows(head, shape, numLabels);
      const scores = {
        data,
        offset: offset + 4 * numAnchors,
        numAnchors,
        numClasses: numLabels,
        anchorStride: 1,
        classStride: numAnchors,
      };
      return {
        scores,
        activation: needsSigmoid ? sigmoid : identity,
        raw: [{ output: name, matrix: scores, wanted: needsSigmoid ? 'logits' : 'scores' }],
        readBox: (anchor, out, at) => {
          const from = offset + anchor;
          writeCenteredBox(
            data[from]!,
            data[from + numAnchors]!,
            data[from + 2 * numAnchors]!,
            data[from + 3 * numAnchors]!,
            out,
            at,
          );
        },
      };
    },
  };
}

function assertRows({ outputs, extraRows }: Yolov8HeadSpec, shape: readonly number[], labels: number): void {
  const name = outputs.predictions;
  const rows = shape[1]! - 4;
  const task = extraRows === undefined ? knownExtraRows(rows - labels) : null;
  if (task !== null && knownLayout('yolov8', shape, labels) === null)
    throw mismatch(
      'yolov8',
      `output "${name}" is [${shape}], so ${rows} foreground classes, the spec has ${labels} labels: ${task}`,
    );
  assertLabels('yolov8', name, shape, rows - (extraRows ?? 0), labels);
}
