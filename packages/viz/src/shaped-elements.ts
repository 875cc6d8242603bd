import type { PaintedLine } from './line-painter.ts';
import { digits } from './path-data.ts';

/** A line of text as a picture, which an SVG shows in the place of its letters. */
export interface ShapedLine {
  readonly ink: PaintedLine;
  /** The same in the ink of what is around it, which is so wide. */
  readonly halo: { readonly line: PaintedLine; readonly width: number } | null;
  /** Units of the SVG for each pixel of the picture. */
  readonly scale: number;
}

/** The elements of SVG that show a line whose text begins at `x`, on the baseline `y`. */
export function shapedElements({ ink, halo, scale }: ShapedLine, x: number, y: number): string {
  const image = (line: PaintedLine, dx: number, dy: number): string => {
    // A picture that lies on the pixels of the whole stays sharp.
    const [left, top] = [x - scale * line.left + dx, y - scale * line.ascent + dy].map(
      (side) => scale * Math.round(side / scale),
    );
    const size = { width: scale * line.width, height: scale * line.height };
    const sides = Object.entries({ x: left!, y: top!, ...size }).map(([name, value]) => `${name}="${digits(value)}"`);
    return `<image href="${line.href}" ${sides.join(' ')}/>`;
  };
  const by = (halo?.width ?? 0) / 2;
  const around = halo ? [-by, by].flatMap((d) => [image(halo.line, d, 0), image(halo.line, 0, d)]) : [];
  return `${around.length === 0 ? '' : `<g opacity="0.7">${around.join('')}</g>`}${image(ink, 0, 0)}`;
}
