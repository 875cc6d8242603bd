/** A class and its score. */
export interface Rival {
  /** A place in `labels`. */
  readonly label: number;
  readonly score: number;
}

/** The classes of a cell's boxes in a text: `7 0.34 11 0.2|3 0.1` for two classes of one box and
 * one of the next. A browser reads it in less than half the time of lists in lists, which matters
 * where a page has 100,000.
 * @returns null where no box has any
 */
export function rivalsText(boxes: readonly (readonly Rival[])[]): string | null {
  if (boxes.every((rivals) => rivals.length === 0)) return null;
  return boxes.map((rivals) => rivals.map(({ label, score }) => `${label} ${score}`).join(' ')).join('|');
}

/** Those of each box. */
export function readRivals(text: string): Rival[][] {
  return text.split('|').map(ofBox);
}

/** Those of one of the boxes, by its place. */
export function readRivalsOf(text: string, box: number): Rival[] {
  return ofBox(text.split('|')[box] ?? '');
}

/** The first of those of one of the boxes; null where it has none. Without reading the others: a
 * page asks it of all of its cells at once.
 */
export function firstRivalOf(text: string, box: number): Rival | null {
  let start = 0;
  for (let at = 0; at < box; at++) {
    start = text.indexOf('|', start) + 1;
    if (start === 0) return null;
  }
  const middle = text.indexOf(' ', start);
  const next = text.indexOf('|', start);
  if (middle < 0 || (next >= 0 && next < middle)) return null;
  const end = text.slice(middle + 1, next < 0 ? undefined : next);
  return { label: Number(text.slice(start, middle)), score: Number.parseFloat(end) };
}

function ofBox(text: string): Rival[] {
  const numbers = text.split(' ').map(Number);
  return Array.from({ length: numbers.length >> 1 }, (_, at) => ({
    label: numbers[2 * at]!,
    score: numbers[2 * at + 1]!,
  }));
}

/** How many one of the boxes has, at most. */
export function mostRivals(text: string): number {
  return Math.max(...text.split('|').map((rivals) => rivals.split(' ').length >> 1));
}
