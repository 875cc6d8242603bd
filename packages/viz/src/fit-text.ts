import type { Size } from '@qualm/types';
import { cleanLines } from './clean-text.ts';
import { measureText } from './measure-text.ts';

/** Height of a line, in em. */
export const lineHeight = 1.2;

const ellipsis = '…';
const characters = new Intl.Segmenter('en');

/** Lines that fit: a line too wide and a text with too many lines end in an ellipsis. Empty text
 * has no lines.
 * @param space in pixels; at least one line is kept, however low it is.
 * @example fitText('a\nb\nc', 10, { width: 100, height: 24 }) // ['a', 'b…']
 */
export function fitText(text: string, fontSize: number, space: Size): string[] {
  const most = Math.max(1, Math.floor(space.height / (lineHeight * fontSize) + 1e-9));
  const lines = cleanLines(text.slice(0, 20_000));
  while (lines.length > 0 && lines.at(-1)!.trim() === '') lines.pop();
  const kept = lines.slice(0, most).map((line) => fitLine(line, fontSize, space.width));
  if (lines.length <= most) return kept;
  return [...kept.slice(0, -1), cutLine(lines[most - 1]!, fontSize, space.width)];
}

/** A line that fits; one too wide ends in an ellipsis.
 * @example fitLine('person', 10, 20) // 'p…'
 */
export function fitLine(line: string, fontSize: number, width: number): string {
  return measureText(line, fontSize) <= width ? line : cutLine(line, fontSize, width);
}

/** As many whole characters, as people count them, as fit before an ellipsis. */
function cutLine(line: string, fontSize: number, width: number): string {
  let left = width - measureText(ellipsis, fontSize);
  let kept = '';
  for (const { segment } of characters.segment(line)) {
    left -= measureText(segment, fontSize);
    if (left < 0) break;
    kept += segment;
  }
  return kept.trimEnd() + ellipsis;
}
