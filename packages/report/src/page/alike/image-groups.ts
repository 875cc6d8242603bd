import type { ReportData } from '../../report-data.ts';

/** The cells of one image as a group, by its first cell. */
export function imageGroups({ cells: { imageId, image, id } }: ReportData): Int32Array {
  const firsts = new Map<string | number, number>();
  return Int32Array.from(id, (_, index) => {
    const key = imageId[index] ?? image[index]!;
    const first = firsts.get(key) ?? index;
    firsts.set(key, first);
    return first;
  });
}
