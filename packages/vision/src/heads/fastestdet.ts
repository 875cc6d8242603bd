import type { AnchorReader, DetectorHead, DetectorSpec, Size } from '@qualm/types';
import { below, logistic } from './activation.ts';
import { createPower } from './power.ts';
import { assertLabels, readOutput } from './read-output.ts';
import { writeCenteredBox } from './write-centered-box.ts';
import { recogniseFastestdet } from './recognise/recognise-fastestdet.ts';

const schema = {
  type: 'object',
  description: 'One output [n, 5 + classes, height, width].',
  additionalProperties: false,
  required: ['outputs'],
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
  },
} as const;

/** What a spec says of a FastestDet. */
export type FastestdetHeadSpec = DetectorSpec<'fastestdet', typeof schema>;

/** FastestDet. */
export const fastestdet: DetectorHead<FastestdetHeadSpec> = {
  type: 'fastestdet',
  schema,
  defaults: { iouThreshold: 0.45 },
  createReader: (head, { numLabels, size }) => createFastestdetReader(head, numLabels, size),
  recognise: recogniseFastestdet,
};

const classExponent = 0.4;

/** Reads [n, 5 + classes, height, width]: objectness 0..1, raw box (centre in cells through tanh,
 * size relative to the input through a sigmoid), class scores 0..1. The score is objectness^0.6 *
 * class^0.4.
 * @see https://github.com/dog-qiuqiu/FastestDet/blob/main/utils/tool.py (handle_preds)
 */
function createFastestdetReader(head: FastestdetHeadSpec, numLabels: number, size: Size): AnchorReader {
  const name = head.outputs.predictions;
  const powerOfObjectness = createPower(0.6);
  const powerOfClass = createPower(classExponent);

  return {
    outputs: [name],
    read: (outputs, image) => {
      const wanted = ['n', '5 + classes', 'height', 'width'];
      const { data, offset, shape } = readOutput('fastestdet', outputs, name, image, wanted);
      const [, channels, rows, columns] = shape as [number, number, number, number];
      assertLabels('fastestdet', name, shape, channels - 5, numLabels);
      const cells = rows * columns;
      const factorOf = (cell: number): number => powerOfObjectness(data[offset + cell]!);
      const scores = {
        data,
        offset: offset + 5 * cells,
        numAnchors: cells,
        numClasses: numLabels,
        anchorStride: 1,
        classStride: cells,
      };
      return {
        scores,
        raw: [
          { output: name, matrix: { ...scores, offset, numClasses: 1 }, wanted: 'scores' },
          { output: name, matrix: scores, wanted: 'scores' },
        ],
        activation: {
          floor: (cell, threshold) => {
            const objectness = data[offset + cell]!;
            const ratio = threshold / objectness;
            // What score(cell, floor) = threshold gives.
            return objectness > 0 ? below(threshold * ratio * Math.sqrt(ratio)) : Infinity;
          },
          score: (cell, raw) => factorOf(cell) * powerOfClass(raw),
          power: { exponent: classExponent, factor: factorOf },
        },
        readBox: (cell, out, at) => {
          const x = (Math.tanh(data[offset + cells + cell]!) + (cell % columns)) / columns;
          const y = (Math.tanh(data[offset + 2 * cells + cell]!) + Math.floor(cell / columns)) / rows;
          const width = logistic(data[offset + 3 * cells + cell]!) * size.width;
          const height = logistic(data[offset + 4 * cells + cell]!) * size.height;
          writeCenteredBox(x * size.width, y * size.height, width, height, out, at);
        },
      };
    },
  };
}
