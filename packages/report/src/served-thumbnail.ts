/** Times as large as the smallest pictures of cells are, on a server. */
export type ThumbnailTimes = 1 | 2 | 4;

/** Where a server has the picture of the cell at a place, or at a pattern of places. */
export function thumbnailAddress(place: number | string, times: ThumbnailTimes = 1): string {
  return times === 1 ? `thumbnail/${place}` : `thumbnail/${place}/${times}`;
}

/** The place of an address without `times`; null for that of another picture. */
export function thumbnailPlace(address: string): number | null {
  const [, place] = /^thumbnail\/(\d+)$/.exec(address) ?? [];
  return place === undefined ? null : Number(place);
}
