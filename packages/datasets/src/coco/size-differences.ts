import type { Size } from '@qualm/types';
import { counted, printable } from '@qualm/types';

/** How the size of an image differs from the one that its labels were drawn on. */
export type SizeDifference = 'turned' | 'another size';

/** Images whose labels lie on other pixels than people and models see, counted by kind. */
export interface SizeDifferences {
  readonly counts: Readonly<Record<SizeDifference, number>>;
  /** True, and counted, for an image that is shown in another size than the file of its labels
   * says. A pixel more or less, and a size that is not known, is not a difference.
   */
  add(id: string | number, labelled: Size | null | undefined, shown: Size | null | undefined): boolean;
  /** One for each kind, with an example. `so` says what comes of it. */
  warnings(file: string, so: string): string[];
}

export function createSizeDifferences(): SizeDifferences {
  const counts = { turned: 0, 'another size': 0 };
  const examples = new Map<SizeDifference, string>();
  return {
    counts,
    add(id, labelled, shown) {
      const kind = labelled && shown ? differenceOf(labelled, shown) : null;
      if (kind === null) return false;
      counts[kind]++;
      const example = `image ${printable(String(id))} is ${sizeText(shown!)} as it is shown, ${sizeText(labelled!)} in the file`;
      if (!examples.has(kind)) examples.set(kind, example);
      return true;
    },
    warnings: (file, so) =>
      Array.from(examples, ([kind, example]) => {
        const what = kind === 'turned' ? 'turned (by EXIF) after labelling' : `of another size than ${file} says`;
        return `${counted(counts[kind], 'image')} ${what}: ${example}; ${so}`;
      }),
  };
}

function differenceOf(labelled: Size, shown: Size): SizeDifference | null {
  if (isSame(labelled, shown)) return null;
  return isSame({ width: labelled.height, height: labelled.width }, shown) ? 'turned' : 'another size';
}

function isSame(one: Size, other: Size): boolean {
  return Math.abs(one.width - other.width) <= 1 && Math.abs(one.height - other.height) <= 1;
}

function sizeText({ width, height }: Size): string {
  return `${width} x ${height}`;
}
