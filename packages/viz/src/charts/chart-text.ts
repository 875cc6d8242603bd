import { cleanLines } from '../clean-text.ts';
import { fitLine } from '../fit-text.ts';
import { measureText } from '../measure-text.ts';

/** Of axes and legends, in pixels. */
export const textSize = 12;

const characters = new Intl.Segmenter('en');

/** Text that a chart can hold: one line, without marks that turn it. */
export function oneLine(text: string): string {
  return cleanLines(text.slice(0, 20_000))
    .map((line) => line.trim())
    .join(' ');
}

/** One line, cut where it is wider than its room. */
export function fitOneLine(text: string, room: number, fontSize: number = textSize): string {
  return fitLine(oneLine(text), fontSize, room);
}

/** A name on one line; one that shows nothing is said to be none. */
export function nameText(name: string): string {
  return oneLine(name) || '(no name)';
}

/** A name where a chart is described in words. */
export function spokenName(name: string): string {
  return fitOneLine(nameText(name), 360);
}

/** Text in lines that are no wider than their room, broken between words, and within those that are
 * wider than a line; what comes after the last line is cut.
 * @param most lines
 * @example wrapText('sure and right', 100, 15, 2) // ['sure and', 'right']
 */
export function wrapText(text: string, room: number, fontSize: number, most: number): string[] {
  const words = oneLine(text).split(/(?<= )/);
  const pieces = words.flatMap((word) => (measureText(word.trimEnd(), fontSize) <= room ? [word] : breakWord(word)));
  const lines: string[] = [];
  let line = '';
  for (const piece of pieces) {
    const isLast = lines.length === most - 1;
    if (isLast || line === '' || measureText((line + piece).trimEnd(), fontSize) <= room) line += piece;
    else {
      lines.push(line.trimEnd());
      line = piece;
    }
  }
  return line.trim() === '' ? lines : [...lines, fitLine(line.trimEnd(), fontSize, room)];
}

function breakWord(word: string): string[] {
  return Array.from(characters.segment(word), ({ segment }) => segment);
}
