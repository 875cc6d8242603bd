import type { Size } from '@qualm/types';
import { cleanLines } from './clean-text.ts';
import { advance, measureText } from './measure-text.ts';

/** Height of a line, in em. */
export const lineHeight = 1.2;

const ellipsis = '…';

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

function fitLine(line: string, fontSize: number, width: number): string {
  return measureText(line, fontSize) <= width ? line : cutLine(line, fontSize, width);
}

/** As many whole characters as fit before an ellipsis. */
function cutLine(line: string, fontSize: number, width: number): string {
  let left = (width * 2048) / fontSize - advance(ellipsis);
  let kept = '';
  for (const character of line) {
    left -= advance(character);
    if (left < 0) break;
    kept += character;
  }
  return kept.trimEnd() + ellipsis;
}
