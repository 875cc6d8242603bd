import type { MaskCells, MaskGrid, TensorMap } from '@qualm/types';
import { readOutput } from './read-output.ts';
import type { Predictions } from './yolov8-shapes.ts';

/** Masks of one image: sums of prototypes, each times a coefficient of the anchor. */
export interface PrototypeMasks {
  /** How many coefficients an anchor may have: as many as there are prototypes, whichever dimension
   * they are. */
  readonly counts: readonly number[];
  /** The coefficients are the last rows of the predictions, from `after` on. */
  gridOf(predictions: Predictions, after: number): MaskGrid;
}

/** Reads [n, masks, height, width], or [n, height, width, masks] as exports to TensorFlow have it.
 * Nothing is summed up before it is asked for, and then the cells asked for alone.
 */
export function createPrototypeMasks(
  head: string,
  name: string,
): (outputs: TensorMap, image: number) => PrototypeMasks {
  return (outputs, image) => {
    const wanted = ['n', 'masks', 'height', 'width'];
    const { data, offset, shape } = readOutput(head, outputs, name, image, wanted);
    const [, first = 0, second = 0, third = 0] = shape;
    return {
      counts: [first, third],
      gridOf({ data: rows, offset: from, rowStride, anchorStride, numRows }, after) {
        const coefficients = new Float64Array(numRows - after);
        const isPlanar = first === coefficients.length;
        const [width, height] = isPlanar ? [third, second] : [second, first];
        const sum = isPlanar ? sumPlanes : sumCells;
        return {
          width,
          height,
          read(anchor, cells, out) {
            const start = from + after * rowStride + anchor * anchorStride;
            for (let k = 0; k < coefficients.length; k++) coefficients[k] = rows[start + k * rowStride]!;
            sum({ data, offset, width, height }, coefficients, cells, out);
          },
        };
      },
    };
  };
}

interface Prototypes {
  readonly data: Float32Array;
  readonly offset: number;
  readonly width: number;
  readonly height: number;
}

/** Numbers of a cell lie side by side. */
function sumCells(prototypes: Prototypes, coefficients: Float64Array, cells: MaskCells, out: Float32Array): void {
  const { data, offset, width } = prototypes;
  const { left, top, right, bottom } = cells;
  const count = coefficients.length;
  let to = 0;
  for (let row = top; row < bottom; row++) {
    let at = offset + (row * width + left) * count;
    for (let column = left; column < right; column++) {
      let sum = 0;
      for (let k = 0; k < count; k++) sum += coefficients[k]! * data[at++]!;
      out[to++] = sum;
    }
  }
}

/** Eight planes at a time: then the sum is read and written an eighth as often. */
function sumPlanes(prototypes: Prototypes, coefficients: Float64Array, cells: MaskCells, out: Float32Array): void {
  const { data, offset, width, height } = prototypes;
  const { left, top, right, bottom } = cells;
  const columns = right - left;
  const plane = width * height;
  const sums = new Float64Array(columns);
  const lastOfEight = coefficients.length - (coefficients.length % 8);
  for (let row = top; row < bottom; row++) {
    const from = offset + row * width + left;
    sums.fill(0);
    for (let k = 0; k < lastOfEight; k += 8) addEight(data, from + k * plane, plane, coefficients, k, sums);
    for (let k = lastOfEight; k < coefficients.length; k++) {
      for (let at = 0; at < columns; at++) sums[at] = sums[at]! + coefficients[k]! * data[from + k * plane + at]!;
    }
    out.set(sums, (row - top) * columns);
  }
}

function addEight(
  data: Float32Array,
  a: number,
  plane: number,
  coefficients: Float64Array,
  k: number,
  sums: Float64Array,
): void {
  const b = a + plane;
  const c = b + plane;
  const d = c + plane;
  const e = d + plane;
  const f = e + plane;
  const g = f + plane;
  const h = g + plane;
  const ofA = coefficients[k]!;
  const ofB = coefficients[k + 1]!;
  const ofC = coefficients[k + 2]!;
  const ofD = coefficients[k + 3]!;
  const ofE = coefficients[k + 4]!;
  const ofF = coefficients[k + 5]!;
  const ofG = coefficients[k + 6]!;
  const ofH = coefficients[k + 7]!;
  for (let at = 0; at < sums.length; at++) {
    const first = ofA * data[a + at]! + ofB * data[b + at]! + ofC * data[c + at]! + ofD * data[d + at]!;
    const second = ofE * data[e + at]! + ofF * data[f + at]! + ofG * data[g + at]! + ofH * data[h + at]!;
    sums[at] = sums[at]! + first + second;
  }
}
