import { compileModule, rowOf } from '@qualm/types/rows';
import type { Matrix } from '@qualm/types/rows';

/** From two numbers of a row to its score. */
export type Finish = (first: number, second: number, numClasses: number) => number;

/** Scores the rows of a matrix into `out`: `finish` makes a score of the two numbers that the
 * kernel gives for a row, and where it makes NaN, `score` has the last word.
 * @returns false where the kernel can't: small matrices, enormous rows, no WebAssembly SIMD.
 * Nothing is written then.
 */
export type RowKernel = (
  matrix: Matrix,
  numClasses: number,
  out: Float64Array,
  finish: Finish,
  score: (row: Matrix) => number,
) => boolean;

/** What `assembly/<kernel>.ts` exports. */
export interface KernelExports {
  readonly memory: WebAssembly.Memory;
  readonly input: WebAssembly.Global;
  readonly inputBytes: WebAssembly.Global;
  readonly output: WebAssembly.Global;
  readonly outputBytes: WebAssembly.Global;
  /** What one kernel has beside the others. */
  readonly table?: WebAssembly.Global;
  reduceFloat32(rows: number, numClasses: number): void;
  reduceFloat64?(rows: number, numClasses: number): void;
}

/** Below, a first call would take longer to compile the kernel than to do without. */
const leastScores = 1 << 14;

/** A chunk of rows that a core's second cache holds beside what else the kernel reads. */
const chunkBytes = 1 << 17;

/** A kernel of `assembly/`, compiled on its first call that is large enough.
 * @param prepare puts into its memory what it wants to find there.
 */
export function createRowKernel(base64: string, prepare?: (exports: KernelExports) => void): RowKernel {
  let exports: KernelExports | null | undefined;
  return (matrix, numClasses, out, finish, score) => {
    if (matrix.length < leastScores) return false;
    if (exports === undefined) exports = instantiate(base64, prepare);
    const reduce = matrix instanceof Float32Array ? exports?.reduceFloat32 : exports?.reduceFloat64;
    const rowBytes = numClasses * matrix.BYTES_PER_ELEMENT;
    if (!exports || !reduce || rowBytes > exports.inputBytes.value) return false;
    const { input, output } = viewsOf(exports, matrix);
    const chunkRows = Math.max(1, Math.min(Math.floor(chunkBytes / rowBytes), output.length / 2));
    for (let from = 0; from < out.length; from += chunkRows) {
      const rows = Math.min(chunkRows, out.length - from);
      input.set(matrix.subarray(from * numClasses, (from + rows) * numClasses));
      reduce(rows, numClasses);
      for (let row = 0; row < rows; row++) {
        const value = finish(output[2 * row]!, output[2 * row + 1]!, numClasses);
        out[from + row] = Number.isNaN(value) ? score(rowOf(matrix, from + row, numClasses)) : value;
      }
    }
    return true;
  };
}

function instantiate(base64: string, prepare?: (exports: KernelExports) => void): KernelExports | null {
  const exports = compileModule(base64)?.<KernelExports>() ?? null;
  if (exports) prepare?.(exports);
  return exports;
}

function viewsOf(exports: KernelExports, matrix: Matrix): { input: Matrix; output: Float64Array } {
  const { buffer } = exports.memory;
  const Scores = matrix instanceof Float32Array ? Float32Array : Float64Array;
  return {
    input: new Scores(buffer, exports.input.value, exports.inputBytes.value / Scores.BYTES_PER_ELEMENT),
    output: new Float64Array(buffer, exports.output.value, exports.outputBytes.value / 8),
  };
}
