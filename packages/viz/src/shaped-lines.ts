import { inkOn } from './color.ts';
import type { DisplayList, LabelLine } from './display-list.ts';
import { linePainter, needsPainter } from './line-painter.ts';
import type { ShapedLine } from './shaped-elements.ts';

/** Of labels. */
const weight = 600;

/** Those lines of a display list that resvg would misdraw, drawn by Pango. None without fonts that
 * may have them.
 * @param fontFiles beside the shipped one; they have been checked
 */
export async function shapedLines(
  { labels }: DisplayList,
  fontFiles: readonly string[],
): Promise<ReadonlyMap<LabelLine, ShapedLine>> {
  const lines = labels.flatMap((label) =>
    label.lines.flatMap((line) => (needsPainter(line.text) ? [{ line, label }] : [])),
  );
  if (lines.length === 0 || fontFiles.length === 0) return new Map();
  const paint = await linePainter(fontFiles);
  const shaped = lines.map(async ({ line, label: { fontSize, ink: color, plate } }) => {
    const ink = await paint(line.text, { fontSize, color, weight });
    const around = plate ? null : await paint(line.text, { fontSize, color: inkOn(color), weight });
    const halo = around && { line: around, width: fontSize / 6 };
    // A plate was made for a text of about this width.
    return [line, { ink, halo, scale: Math.min(1, line.width / ink.advance) }] as const;
  });
  return new Map(await Promise.all(shaped));
}
