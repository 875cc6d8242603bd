import { compileModule } from '@qualm/types/rows';
import { createGroupSuppressor } from './group-suppressor.ts';
import type { GroupSuppressor } from './group-suppressor.ts';
import { KeptBoxes } from './kept-boxes.ts';
import { suppressionModule } from './suppression.generated.ts';

/** What `assembly/suppression.ts` exports. */
interface SuppressionExports {
  readonly maxGroups: { readonly value: number };
  readonly maxKept: { readonly value: number };
  clear(groups: number): void;
  add(group: number, left: number, top: number, right: number, bottom: number, threshold: number): number;
}

/** Suppression as {@link KeptBoxes} does it, by WebAssembly where it can be had and has room.
 * @param maxKept how many boxes are kept before the next `clear`, at most.
 */
export function createSuppressor(numGroups: number, iouThreshold: number, maxKept: number): GroupSuppressor {
  const exports = compileModule(suppressionModule)?.<SuppressionExports>();
  if (!exports || numGroups > exports.maxGroups.value || maxKept > exports.maxKept.value)
    return createGroupSuppressor(numGroups, () => new KeptBoxes(iouThreshold));
  const threshold = floatAtMost(iouThreshold);

  return {
    clear: () => exports.clear(numGroups),
    keeps: (boxes, at, group) => {
      const [left, top, right, bottom] = [boxes[at]!, boxes[at + 1]!, boxes[at + 2]!, boxes[at + 3]!];
      // A box with NaN or without area shares nothing with any other, before it or after it.
      if (!(left < right && top < bottom)) return true;
      return exports.add(group, left, top, right, bottom, threshold) !== 0;
    },
  };
}

/** The greatest float32 that is no more than that: no other float32 lies between. */
function floatAtMost(value: number): number {
  const float = new Float32Array([value]);
  if (float[0]! > value) new Int32Array(float.buffer)[0]! -= 1;
  return float[0]!;
}
