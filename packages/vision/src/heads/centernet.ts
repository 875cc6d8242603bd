import type { CenternetHeadSpec, Size } from '@qualm/types';
import { identity, sigmoid } from './activation.ts';
import type { AnchorReader } from './anchor-reader.ts';
import type { ScoreMatrix } from './anchors.ts';
import { assertLabels, readOutput } from './read-output.ts';
import type { OutputRow, WantedShape } from './read-output.ts';
import { writeCenteredBox } from './write-centered-box.ts';

/** Reads a heat map of classes, box sizes in cells, and the centres' offsets in cells (half a cell where the model has
 * none). Candidates are cells that no neighbour of theirs, of eight, exceeds in the same class.
 * @see Zhou et al. 2019, "Objects as Points", sections 3 and 4
 */
export function createCenternetReader(head: CenternetHeadSpec, numLabels: number, size: Size): AnchorReader {
  const { heatmap, sizes, offsets } = head.outputs;
  const channelsLast = head.layout === 'nhwc';
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
      const sizeRow = readOutput('centernet', outputs, sizes, image, wanted(2, rows, columns));
      const offsetRow =
        offsets === undefined ? null : readOutput('centernet', outputs, offsets, image, wanted(2, rows, columns));
      const cells = rows * columns;
      const pair = ({ data, offset }: OutputRow, cell: number, axis: 0 | 1): number =>
        data[offset + (channelsLast ? 2 * cell + axis : axis * cells + cell)]!;
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
        isPeak: (cell, classIndex) => isPeak(scores, rows, columns, cell, classIndex),
        readBox: (cell, out, at) => {
          const x = (cell % columns) + (offsetRow === null ? 0.5 : pair(offsetRow, cell, 0));
          const y = Math.floor(cell / columns) + (offsetRow === null ? 0.5 : pair(offsetRow, cell, 1));
          const strideX = size.width / columns;
          const strideY = size.height / rows;
          const width = pair(sizeRow, cell, 0) * strideX;
          const height = pair(sizeRow, cell, 1) * strideY;
          writeCenteredBox(x * strideX, y * strideY, width, height, out, at);
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
