import { compileModule } from '@qualm/types/rows';
import type { Instantiate } from '@qualm/types/rows';
import { distancesModule } from '../simd/distances.generated.ts';
import { mostFound, strideOf, type Distances, type DistancesShape } from './distances.ts';

/** What `assembly/distances.ts` exports. */
interface DistancesExports {
  setUp(
    rows: number,
    rowBytes: number,
    centres: number,
    found: number,
    squares: number,
    relative: number,
    absolute: number,
  ): void;
  readonly nearestFloat32: Distances['nearest'];
  readonly nearestFloat64: Distances['nearest'];
  readonly withinFloat32: Distances['within'];
  readonly withinFloat64: Distances['within'];
}

const pageBytes = 1 << 16;
/** The beginning of the memory is left to the module. */
const rowsAt = 1024;

let compiled: Instantiate | null | undefined;

/** As `createPlainDistances`, to the bit, in a memory of its own; null where there is no
 * WebAssembly SIMD or the rows are more than its 4 GiB hold. */
export function createWasmDistances(shape: DistancesShape): Distances | null {
  const { Storage, numRows, numCentres } = shape;
  compiled = compiled === undefined ? compileModule(distancesModule) : compiled;
  const stride = strideOf(shape);
  const rowBytes = stride * Storage.BYTES_PER_ELEMENT;
  const squaresAt = rowsAt + numRows * rowBytes;
  const foundAt = squaresAt + mostFound * 8;
  const centresAt = foundAt + mostFound * 4;
  const memory = compiled && createMemory(Math.ceil((centresAt + numCentres * 4) / pageBytes));
  if (!compiled || !memory) return null;
  const exports = compiled<DistancesExports>(memory);
  if (!exports) return null;
  exports.setUp(rowsAt, rowBytes, centresAt, foundAt, squaresAt, ...float32Errors(stride));
  return {
    rows: new Storage(memory.buffer, rowsAt, numRows * stride),
    stride,
    centres: new Uint32Array(memory.buffer, centresAt, numCentres),
    nearest: Storage === Float32Array ? exports.nearestFloat32 : exports.nearestFloat64,
    within: Storage === Float32Array ? exports.withinFloat32 : exports.withinFloat64,
    found: new Uint32Array(memory.buffer, foundAt, mostFound),
    squares: new Float64Array(memory.buffer, squaresAt, mostFound),
  };
}

function createMemory(pages: number): WebAssembly.Memory | null {
  if (pages >= 1 << 16) return null;
  try {
    return new WebAssembly.Memory({ initial: pages, maximum: pages });
  } catch {
    return null;
  }
}

/** How far float32's sum of a squared distance may be above float64's. A term has three roundings
 * and takes part in stride / 16 + 8 additions at most, each of a relative 2^-24; what is used is
 * twice that and more. Squares below float32's normal numbers are off by 2^-150 each. */
function float32Errors(stride: number): [relative: number, absolute: number] {
  return [1 + (stride / 16 + 16) * 2 ** -23, stride * 2 ** -148];
}
