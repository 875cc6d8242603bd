/** Corners that an address has room for. */
const mostCorners = 200;

/** The corners of a part, x and y in turn; null where the text is none. */
export function cornersOf(text: string): readonly number[] | null {
  if (!/^\d{1,4}(,\d{1,4})+$/.test(text)) return null;
  const numbers = text.split(',').map(Number);
  const isPart = numbers.length % 2 === 0 && numbers.length >= 6 && numbers.length <= 2 * mostCorners;
  return isPart && numbers.every((value) => value <= 1000) ? numbers : null;
}

/** Corners as a text, as many as an address has room for. */
export function partText(corners: readonly (readonly [number, number])[]): string {
  const every = Math.ceil(corners.length / mostCorners);
  const inside = (value: number): number => Math.round(1000 * Math.min(1, Math.max(0, value)));
  return corners
    .filter((_, at) => at % every === 0)
    .flatMap(([x, y]) => [inside(x), inside(y)])
    .join(',');
}
