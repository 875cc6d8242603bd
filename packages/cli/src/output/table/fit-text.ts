import stringWidth from 'string-width';

const segmenter = new Intl.Segmenter();

/** The text within so many columns of a terminal; what is longer loses its end, or its beginning,
 * to an ellipsis.
 * @example fitText('photographs', 6) // 'photo…'
 */
export function fitText(
  text: string,
  columns: number,
  { keep = 'start' }: { readonly keep?: 'start' | 'end' } = {},
): string {
  if (stringWidth(text) <= columns) return text;
  const parts = Array.from(segmenter.segment(text), ({ segment }) => segment);
  if (keep === 'end') parts.reverse();
  const kept: string[] = [];
  let left = columns - 1;
  for (const part of parts) {
    left -= stringWidth(part);
    if (left < 0) break;
    kept.push(part);
  }
  return keep === 'end' ? `…${kept.reverse().join('')}` : `${kept.join('')}…`;
}
