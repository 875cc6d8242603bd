import type { Label } from '@qualm/types';
import { compileModule } from '@qualm/types/rows';
import { createPlainSortedRows } from './plain-sorted-rows.ts';
import type { SortRows } from './plain-sorted-rows.ts';
import { sortedRowsModule } from './sorted-rows.generated.ts';

interface Global {
  readonly value: number;
}

/** What `assembly/sorted-rows.ts` exports. */
interface SortedRowsExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly maxClasses: Global;
  readonly maxScores: Global;
  readonly input: Global;
  readonly ids: Global;
  readonly scores: Global;
  readonly labelIds: Global;
  sort(rows: number, numClasses: number, topK: number): void;
}

/** As `createPlainSortedRows`, by WebAssembly where it can be had; of many classes the plain way is
 * as fast. */
export function createSortedRows(labels: readonly Label[], topK: number): SortRows {
  const exports = compileModule(sortedRowsModule)?.<SortedRowsExports>();
  if (!exports || labels.length > exports.maxClasses.value) return createPlainSortedRows(labels, topK);
  return createWasmSortedRows(exports, labels, topK);
}

function createWasmSortedRows(exports: SortedRowsExports, labels: readonly Label[], topK: number): SortRows {
  const { memory, maxScores, input, ids, scores: sorted, labelIds: sortedIds } = exports;
  const numClasses = labels.length;
  new Int32Array(memory.buffer, ids.value, numClasses).set(labels.map(({ id }) => id));
  const most = Math.floor(maxScores.value / numClasses);
  const unsorted = new Float32Array(memory.buffer, input.value, most * numClasses);
  const ofScores = new Float32Array(memory.buffer, sorted.value, most * topK);
  const ofIds = new Int32Array(memory.buffer, sortedIds.value, most * topK);

  return (readRows, scores, labelIds) => {
    const numRows = scores.length / topK;
    for (let first = 0; first < numRows; first += most) {
      const rows = Math.min(most, numRows - first);
      readRows(first, rows, unsorted.subarray(0, rows * numClasses));
      exports.sort(rows, numClasses, topK);
      scores.set(ofScores.subarray(0, rows * topK), first * topK);
      labelIds.set(ofIds.subarray(0, rows * topK), first * topK);
    }
  };
}
