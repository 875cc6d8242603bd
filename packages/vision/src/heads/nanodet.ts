import { QualmError } from '@qualm/types';
import type { AnchorReader, DetectorHead, DetectorSpec, Size, TensorMap } from '@qualm/types';
import { identity } from './activation.ts';
import { clipBox } from './clip-box.ts';
import { createGrid } from './grid.ts';
import { assertLabels, mismatch, readOutput } from './read-output.ts';
import type { OutputRow } from './read-output.ts';
import { recogniseNanodet } from './recognise/recognise-nanodet.ts';

const schema = {
  type: 'object',
  description: 'Class scores and distributions of distances, one output of each per stride.',
  additionalProperties: false,
  required: ['outputs', 'strides'],
  properties: {
    outputs: {
      type: 'object',
      description: 'Names of the raw outputs to read.',
      additionalProperties: false,
      required: ['scores', 'distances'],
      properties: {
        scores: { type: 'array', minItems: 1, items: { type: 'string', minLength: 1 } },
        distances: { type: 'array', minItems: 1, items: { type: 'string', minLength: 1 } },
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

/** What a spec says of a NanoDet. */
export type NanodetHeadSpec = DetectorSpec<'nanodet', typeof schema>;

/** NanoDet. */
export const nanodet: DetectorHead<NanodetHeadSpec> = {
  type: 'nanodet',
  schema,
  defaults: {},
  createReader: (head, { numLabels, size }) => {
    assertLevels(head);
    return createNanodetReader(head, numLabels, size);
  },
  recognise: recogniseNanodet,
};

function assertLevels({ strides, outputs: { scores, distances } }: NanodetHeadSpec): void {
  if (scores.length === strides.length && distances.length === strides.length) return;
  throw new QualmError(
    'spec-invalid',
    `head nanodet: ${strides.length} strides, ${scores.length} outputs of scores, ${distances.length} of distances; ` +
      'expected as many of each',
  );
}

/** Reads, for each stride, class scores [n, cells, classes] and the distributions of the distances
 * from the cell's centre to the four sides, [n, cells, 4 x bins] in strides.
 * @see Li et al. 2020, "Generalized Focal Loss", eq. 4 (a distance is its distribution's mean)
 * @see https://github.com/RangiLyu/nanodet/blob/v0.4.2/nanodet/model/head/nanodet_head.py
 */
function createNanodetReader(head: NanodetHeadSpec, numLabels: number, size: Size): AnchorReader {
  const grid = createGrid(size, head.strides);
  const starts = grid.counts.map((_, level) => grid.counts.slice(0, level).reduce((sum, count) => sum + count, 0));
  const scores = new Float32Array(grid.length * numLabels);
  const { scores: scoreNames, distances: distanceNames } = head.outputs;

  const matrix = {
    data: scores,
    offset: 0,
    numAnchors: grid.length,
    numClasses: numLabels,
    anchorStride: numLabels,
    classStride: 1,
  };

  const readLevel = (outputs: TensorMap, image: number, level: number): OutputRow => {
    const cells = grid.counts[level]!;
    const name = scoreNames[level]!;
    const levelScores = readOutput('nanodet', outputs, name, image, ['n', cells, 'classes']);
    assertLabels('nanodet', name, levelScores.shape, levelScores.shape[2]!, numLabels);
    const { data, offset } = levelScores;
    scores.set(data.subarray(offset, offset + cells * numLabels), starts[level]! * numLabels);
    const distances = readOutput('nanodet', outputs, distanceNames[level]!, image, ['n', cells, '4 x bins']);
    if (distances.shape[2]! % 4 !== 0 || distances.shape[2] === 0) {
      const message = `output "${distanceNames[level]}" is [${distances.shape}], expected [n,${cells},4 x bins]`;
      throw mismatch('nanodet', `${message}; check head.outputs`);
    }
    return distances;
  };

  return {
    outputs: [...scoreNames, ...distanceNames],
    read: (outputs, image) => {
      const levels = grid.counts.map((_, level) => readLevel(outputs, image, level));
      return {
        scores: matrix,
        activation: identity,
        raw: [{ output: scoreNames.join(', '), matrix, wanted: 'scores' }],
        readBox: (anchor, out, at) => {
          const level = starts.findLastIndex((start) => start <= anchor);
          const { data, offset, shape } = levels[level]!;
          const bins = shape[2]! / 4;
          const from = offset + (anchor - starts[level]!) * shape[2]!;
          const stride = grid.strides[anchor]!;
          const x = grid.columns[anchor]! + 0.5;
          const y = grid.rows[anchor]! + 0.5;
          out[at] = (x - meanBin(data, from, bins)) * stride;
          out[at + 1] = (y - meanBin(data, from + bins, bins)) * stride;
          out[at + 2] = (x + meanBin(data, from + 2 * bins, bins)) * stride;
          out[at + 3] = (y + meanBin(data, from + 3 * bins, bins)) * stride;
          clipBox(out, at, size);
        },
      };
    },
  };
}

function meanBin(data: Float32Array, from: number, bins: number): number {
  let max = -Infinity;
  let sum = 0;
  let weighted = 0;
  for (let bin = 0; bin < bins; bin++) max = Math.max(max, data[from + bin]!);
  for (let bin = 0; bin < bins; bin++) {
    const weight = Math.exp(data[from + bin]! - max);
    sum += weight;
    weighted += weight * bin;
  }
  return weighted / sum;
}
