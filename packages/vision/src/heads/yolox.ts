import type { AnchorReader, DetectorHead, DetectorSpec, Size } from '@qualm/types';
import { createGrid } from './grid.ts';
import { createObjectness } from './objectness.ts';
import { assertLabels, mismatch, readOutput } from './read-output.ts';
import { writeCenteredBox } from './write-centered-box.ts';
import { recogniseYolox } from './recognise/recognise-yolox.ts';
import { areDecoded } from './undecoded-boxes.ts';

const schema = {
  type: 'object',
  description: 'One output [n, anchors, 5 + classes] over grids of several strides.',
  additionalProperties: false,
  required: ['outputs', 'strides'],
  properties: {
    outputs: {
      type: 'object',
      description: 'Names of the raw outputs to read.',
      additionalProperties: false,
      required: ['predictions'],
      properties: {
        predictions: { type: 'string', minLength: 1 },
      },
    },
    strides: {
      type: 'array',
      description: 'Input pixels between grid cells.',
      minItems: 1,
      items: { type: 'integer', minimum: 1 },
    },
  },
} as const;

/** What a spec says of a YOLOX. */
export type YoloxHeadSpec = DetectorSpec<'yolox', typeof schema>;

/** YOLOX, undecoded. */
export const yolox: DetectorHead<YoloxHeadSpec> = {
  type: 'yolox',
  schema,
  defaults: { iouThreshold: 0.65 },
  createReader: (head, { numLabels, size }) => createYoloxReader(head, numLabels, size),
  recognise: recogniseYolox,
};

/** Reads [n, anchors, 5 + classes]: dx, dy, log width, log height in cells, objectness, class
 * scores.
 * @see https://github.com/Megvii-BaseDetection/YOLOX/blob/main/yolox/utils/demo_utils.py
 * (demo_postprocess)
 */
function createYoloxReader(head: YoloxHeadSpec, numLabels: number, size: Size): AnchorReader {
  const name = head.outputs.predictions;
  const grid = createGrid(size, head.strides);

  return {
    outputs: [name],
    read: (outputs, image) => {
      const row = readOutput('yolox', outputs, name, image, ['n', 'anchors', '5 + classes']);
      const { data, offset, shape } = row;
      const [, numAnchors, columns] = shape as [number, number, number];
      assertLabels('yolox', name, shape, columns - 5, numLabels);
      if (numAnchors !== grid.length) {
        const wanted = `strides ${head.strides} over ${size.width}x${size.height} give ${grid.length} anchors`;
        const other =
          numAnchors === 3 * grid.length ? '; three for each cell are YOLOv5\'s: set head.type to "yolov5"' : '';
        throw mismatch('yolox', `output "${name}" is [${shape}], ${wanted}; check head.strides and input.size${other}`);
      }
      if (areDecoded(row, grid, size)) {
        const came = `output "${name}" is [${shape}], with centres in pixels all over ${size.width}x${size.height}`;
        throw mismatch('yolox', `${came}, which are decoded boxes; set head.type to "yolov5", without head.strides`);
      }
      const numbers = { data, offset: offset + 4, numAnchors, anchorStride: columns };
      return {
        ...createObjectness(name, numbers, numLabels),
        readBox: (anchor, out, at) => {
          const from = offset + anchor * columns;
          const stride = grid.strides[anchor]!;
          writeCenteredBox(
            (data[from]! + grid.columns[anchor]!) * stride,
            (data[from + 1]! + grid.rows[anchor]!) * stride,
            Math.exp(data[from + 2]!) * stride,
            Math.exp(data[from + 3]!) * stride,
            out,
            at,
          );
        },
      };
    },
  };
}
