import { QualmError } from '@qualm/types';
import type { RawScores, Tensor, TensorMap } from '@qualm/types';
import { batchOfOne, mismatch, readOutput } from './read-output.ts';

/** The boxes of one image, each with one score and the number of its class. */
export interface FoundRows {
  readonly numRows: number;
  /** Four numbers of row r are at `offset + r * stride`. */
  readonly boxes: { readonly data: Float32Array; readonly offset: number; readonly stride: number };
  readonly scoreAt: (row: number) => number;
  readonly classAt: (row: number) => number;
  /** The output that holds the classes. */
  readonly classOutput: string;
  readonly raw: readonly RawScores[];
}

/** Where such boxes are in the raw outputs. */
export interface RowSource {
  readonly outputs: readonly string[];
  read(outputs: TensorMap, image: number): FoundRows;
}

interface OutputNames {
  readonly predictions?: string;
  readonly boxes?: string;
  readonly scores?: string;
  readonly labels?: string;
}

/** A source of one output, or of three.
 * @throws QualmError `spec-invalid` for other names.
 */
export function createRowSource({ predictions, boxes, scores, labels }: OutputNames): RowSource {
  const three = [boxes, scores, labels];
  if (predictions !== undefined && three.every((name) => name === undefined)) return oneOutput(predictions);
  if (predictions === undefined && boxes !== undefined && scores !== undefined && labels !== undefined)
    return threeOutputs(boxes, scores, labels);
  throw new QualmError(
    'spec-invalid',
    'head end-to-end: head.outputs names neither "predictions" alone nor "boxes", "scores" and "labels"; name either',
  );
}

/** Six numbers a box: four of its place, score, class. */
function oneOutput(name: string): RowSource {
  return {
    outputs: [name],
    read: (outputs, image) => {
      const { data, offset, shape } = readOutput('end-to-end', batchOfOne(outputs, [name], 3), name, image, [
        'n',
        'boxes',
        6,
      ]);
      const [numRows, stride] = [shape[1]!, 6];
      const column = { data, numAnchors: numRows, numClasses: 1, anchorStride: stride, classStride: 1 };
      return {
        numRows,
        boxes: { data, offset, stride },
        scoreAt: (row) => data[offset + row * stride + 4]!,
        classAt: (row) => data[offset + row * stride + 5]!,
        classOutput: name,
        raw: [
          { output: name, matrix: { ...column, offset: offset + 4 }, wanted: 'scores' },
          { output: name, matrix: { ...column, offset: offset + 5 }, wanted: 'numbers' },
        ],
      };
    },
  };
}

/** Boxes [n, boxes, 4], scores and labels [n, boxes], all of them without n where the model takes
 * one image.
 */
function threeOutputs(boxesName: string, scoresName: string, labelsName: string): RowSource {
  const names = [boxesName, scoresName, labelsName];
  return {
    outputs: names,
    read: (given, image) => {
      const isAlone = given[boxesName]?.shape.length === 2;
      const outputs = isAlone ? batchOfOne(batchOfOne(given, [boxesName], 3), [scoresName, labelsName], 2) : given;
      const boxes = readOutput('end-to-end', outputs, boxesName, image, ['n', 'boxes', 4]);
      const numRows = boxes.shape[1]!;
      const scores = readOutput('end-to-end', outputs, scoresName, image, ['n', numRows]);
      const classes = readOutput('end-to-end', withFloats(outputs, labelsName), labelsName, image, ['n', numRows]);
      const column = { numAnchors: numRows, numClasses: 1, anchorStride: 1, classStride: 1 };
      return {
        numRows,
        boxes: { data: boxes.data, offset: boxes.offset, stride: 4 },
        scoreAt: (row) => scores.data[scores.offset + row]!,
        classAt: (row) => classes.data[classes.offset + row]!,
        classOutput: labelsName,
        raw: [
          { output: scoresName, matrix: { ...column, data: scores.data, offset: scores.offset }, wanted: 'scores' },
          { output: labelsName, matrix: { ...column, data: classes.data, offset: classes.offset }, wanted: 'numbers' },
        ],
      };
    },
  };
}

/** The outputs, with the numbers of classes as floats. */
function withFloats(outputs: TensorMap, name: string): TensorMap {
  const tensor = outputs[name];
  if (tensor === undefined || tensor.dtype === 'float32') return outputs;
  return { ...outputs, [name]: { dtype: 'float32', shape: tensor.shape, data: floatsOf(tensor, name) } };
}

function floatsOf({ dtype, data }: Tensor, name: string): Float32Array {
  if (data instanceof BigInt64Array) return Float32Array.from(data, Number);
  if (data instanceof Int32Array) return Float32Array.from(data);
  throw mismatch(
    'end-to-end',
    `output "${name}" is ${dtype}, expected int64, int32 or float32; name the output of the classes`,
  );
}
