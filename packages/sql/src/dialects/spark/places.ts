/** DuckDB's text of a statement of Spark, and where it comes from. */
export interface TranslatedText {
  readonly text: string;
  /** The place in Spark's text, in characters, of what became the text at a place, in UTF-16 units;
   * null where it is not known.
   */
  placeOf(unit: number): number | null;
}

/** What became text from one place of Spark's. */
interface Piece {
  readonly place: number;
  readonly start: number;
  end: number;
}

/** True for a text that may hold marks of its own. */
export function mayHoldMarks(text: string): boolean {
  return /[\x01-\x03]|\\[uU0]/.test(text);
}

/** A text between marks that keep its place while it moves. */
export function withPlace(text: string, place: number | null): string {
  return place === null ? text : `\x01${place}\x02${text}\x03`;
}

/** The text without the marks of `withPlace`. */
export function readPlaces(marked: string): TranslatedText {
  const pieces: Piece[] = [];
  const open: Piece[] = [];
  let text = '';
  for (const [, place, plain, end] of marked.matchAll(/\x01(\d+)\x02|([^\x01\x03]+)|(\x03)/g)) {
    if (plain !== undefined) text += plain;
    if (end !== undefined) open.pop()!.end = text.length;
    if (place === undefined) continue;
    const piece = { place: Number(place), start: text.length, end: text.length };
    pieces.push(piece);
    open.push(piece);
  }
  return {
    text,
    placeOf: (unit) => pieces.findLast(({ start, end }) => start <= unit && unit < end)?.place ?? null,
  };
}
