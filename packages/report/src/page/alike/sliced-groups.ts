import { goOn } from '../slices.ts';
import type { Slices } from '../slices.ts';

/** Groups of cells that are made while the page answers. */
export interface SlicedGroups {
  /** Those of a distance; while they are made, those of the distance before, null where there was
   * none.
   */
  of(far: number): Int32Array | null;
  /** Whether any are being made. */
  readonly isWorking: () => boolean;
}

/** Makes groups in slices, the first at once: where there are few cells they are there at once.
 * Another distance ends the work on the one before.
 * @param onMade told when groups are there that were not there at once
 */
export function createSlicedGroups(make: (far: number) => Slices<Int32Array>, onMade: () => void): SlicedGroups {
  let known: { readonly far: number; readonly groups: Int32Array } | null = null;
  let working: { readonly far: number; readonly work: Slices<Int32Array> } | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  /** True where all is done. */
  function slice(): boolean {
    const { far, work } = working!;
    const groups = goOn(work);
    if (groups) [known, working] = [{ far, groups }, null];
    else timer = setTimeout(() => slice() && onMade());
    return groups !== undefined;
  }

  return {
    of(far) {
      if (known?.far === far) {
        clearTimeout(timer);
        working = null;
      } else if (working?.far !== far) {
        clearTimeout(timer);
        working = { far, work: make(far) };
        slice();
      }
      return known?.groups ?? null;
    },
    isWorking: () => working !== null,
  };
}
