import type { Size } from '@qualm/types';
import type { LabelLine } from './display-list.ts';
import { fitText, lineHeight } from './fit-text.ts';
import { measureText } from './measure-text.ts';
import type { Rect } from './view.ts';

/** Lines that were fitted, and the plate that holds them. */
export interface TextBlock {
  readonly lines: readonly string[];
  readonly fontSize: number;
  readonly padding: number;
  readonly size: Size;
}

/** Where capitals stand in a line of Arimo so that they are in its middle, in em from its top. */
const baseline = 0.944;

/** Text cut to fit into the frame; null when nothing is left. Above and below, where a line's
 * height leaves room already, a quarter of the padding is added.
 */
export function textBlock(text: string, fontSize: number, padding: number, frame: Size): TextBlock | null {
  const space = { width: frame.width - 2 * padding, height: frame.height - padding / 2 };
  const lines = fitText(text, fontSize, space);
  if (lines.length === 0) return null;
  const width = Math.max(...lines.map((line) => measureText(line, fontSize))) + 2 * padding;
  return { lines, fontSize, padding, size: { width, height: lines.length * lineHeight * fontSize + padding / 2 } };
}

/** The block's lines at a place. */
export function linesAt({ lines, fontSize, padding }: TextBlock, { x, y }: Rect): LabelLine[] {
  return lines.map((text, index) => ({
    text,
    x: x + padding,
    y: y + padding / 4 + (index * lineHeight + baseline) * fontSize,
    width: measureText(text, fontSize),
  }));
}
