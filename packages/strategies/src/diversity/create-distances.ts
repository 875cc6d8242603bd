import type { Distances, DistancesShape } from './distances.ts';
import { createPlainDistances } from './plain-distances.ts';
import { createWasmDistances } from './wasm-distances.ts';

/** Below, compiling the kernel takes longer than doing without. */
const leastNumbers = 1 << 14;

/** Distances in WebAssembly SIMD where that is there and worth it; the same bits otherwise. */
export function createDistances(shape: DistancesShape): Distances {
  const isLarge = shape.numRows * shape.dimensions >= leastNumbers;
  return (isLarge && createWasmDistances(shape)) || createPlainDistances(shape);
}
