import type { AnchorReader, DetectorHead, DetectorSpec, ScoreMatrix, Size } from '@qualm/types';
import { identity, sigmoid } from './activation.ts';
import { assertLabels, readOutput } from './read-output.ts';
import type { OutputRow, WantedShape } from './read-output.ts';
import { writeCenteredBox } from './write-centered-box.ts';
import { recogniseCenternet } from './recognise/recognise-centernet.ts';

const schema = {
  type: 'object',
  description: 'A heat map of classes, box sizes, and maybe offsets of the centres.',
  additionalProperties: false,
  required: ['outputs', 'layout', 'activation'],
  properties: {
    outputs: {
      type: 'object',
      description: 'Names of the raw outputs to read.',
      additionalProperties: false,
      required: ['heatmap', 'sizes'],
      properties: {
        heatmap: { type: 'string', minLength: 1 },
        sizes: { type: 'string', minLength: 1 },
        offsets: { type: 'string', minLength: 1 },
      },
    },
    layout: { enum: ['nchw', 'nhwc'], description: 'Order of the dimensions of the outputs.' },
    activation: { enum: ['sigmoid', 'none'], description: 'What has to be applied to the heat map.' },
    boxEncoding: {
      enum: ['size', 'sides'],
      description:
        'What sizes holds: width and height in cells (when absent), or the distances to left, top, right, bottom in input pixels.',
    },
  },
} as const;

/** What a spec says of a CenterNet. */
export type CenternetHeadSpec = DetectorSpec<'centernet', typeof schema>;

/** CenterNet, and TTFNet, whose `sides` are distances from the upper left corner of a cell. */
export const centernet: DetectorHead<CenternetHeadSpec> = {
  type: 'centernet',
  schema,
  defaults: { iouThreshold: 1 },
  createReader: (head, { numLabels, size }) => createCenternetReader(head, numLabels, size),
  recognise: recogniseCenternet,
};

/** Reads a heat map of classes, boxes, and the centres' offsets in cells. Boxes are sizes in cells,
 * around a centre that is half a cell in where the model has no offsets; or distances to four sides
 * in input pixels, from the cell's corner then. Candidates are cells that no neighbour of theirs,
 * of eight, exceeds in the same class.
 * @see Zhou et al. 2019, "Objects as Points", sections 3 and 4
 * @see Liu et al. 2020, "Training-Time-Friendly Network for Real-Time Object Detection", section
 * 3.2 (sides)
 */
function createCenternetReader(head: CenternetHeadSpec, numLabels: number, size: Size): AnchorReader {
  const { heatmap, sizes, offsets } = head.outputs;
  const channelsLast = head.layout === 'nhwc';
  const hasSides = head.boxEncoding === 'sides';
  const defaultOffset = hasSides ? 0 : 0.5;
  const wanted = (channels: number | string, rows: number | string, columns: number | string): WantedShape =>
    channelsLast ? ['n', rows, columns, channels] : ['n', channels, rows, columns];

  return {
    outputs: offsets === undefined ? [heatmap, sizes] : [heatmap, sizes, offsets],
    read: (outputs, image) => {
      const map = readOutput('centernet', outputs, heatmap, image, wanted('classes', 'height', 'width'));
      const [channels, rows, columns] = (
        channelsLast ? [map.shape[3], map.shape[1], map.shape[2]] : map.shape.slice(1)
      ) as [number, number, number];
      assertLabels('centernet', heatmap, map.shape, channels, numLabels);
      const sizeRow = readOutput('centernet', outputs, sizes, image, wanted(hasSides ? 4 : 2, rows, columns));
      const offsetRow =
        offsets === undefined ? null : readOutput('centernet', outputs, offsets, image, wanted(2, rows, columns));
      const cells = rows * columns;
      const valueAt = ({ data, offset, shape }: OutputRow, cell: number, channel: 0 | 1 | 2 | 3): number =>
        data[offset + (channelsLast ? shape[3]! * cell + channel : channel * cells + cell)]!;
      const strideX = size.width / columns;
      const strideY = size.height / rows;
      const scores: ScoreMatrix = {
        data: map.data,
        offset: map.offset,
        numAnchors: cells,
        numClasses: numLabels,
        anchorStride: channelsLast ? numLabels : 1,
        classStride: channelsLast ? 1 : cells,
      };
      return {
        scores,
        activation: head.activation === 'sigmoid' ? sigmoid : identity,
        raw: [{ output: heatmap, matrix: scores, wanted: head.activation === 'sigmoid' ? 'logits' : 'scores' }],
        isPeak: (cell, classIndex) => isPeak(scores, rows, columns, cell, classIndex),
        readBox: (cell, out, at) => {
          const offsetX = offsetRow === null ? defaultOffset : valueAt(offsetRow, cell, 0);
          const offsetY = offsetRow === null ? defaultOffset : valueAt(offsetRow, cell, 1);
          const x = ((cell % columns) + offsetX) * strideX;
          const y = (Math.floor(cell / columns) + offsetY) * strideY;
          if (hasSides) {
            out[at] = x - valueAt(sizeRow, cell, 0);
            out[at + 1] = y - valueAt(sizeRow, cell, 1);
            out[at + 2] = x + valueAt(sizeRow, cell, 2);
            out[at + 3] = y + valueAt(sizeRow, cell, 3);
          } else {
            const width = valueAt(sizeRow, cell, 0) * strideX;
            const height = valueAt(sizeRow, cell, 1) * strideY;
            writeCenteredBox(x, y, width, height, out, at);
          }
        },
      };
    },
  };
}

function isPeak(scores: ScoreMatrix, rows: number, columns: number, cell: number, classIndex: number): boolean {
  const { data, offset, anchorStride, classStride } = scores;
  const base = offset + classIndex * classStride;
  const value = data[base + cell * anchorStride]!;
  const column = cell % columns;
  const row = (cell - column) / columns;
  for (let y = Math.max(0, row - 1); y <= Math.min(rows - 1, row + 1); y++) {
    for (let x = Math.max(0, column - 1); x <= Math.min(columns - 1, column + 1); x++) {
      if (data[base + (y * columns + x) * anchorStride]! > value) return false;
    }
  }
  return true;
}
