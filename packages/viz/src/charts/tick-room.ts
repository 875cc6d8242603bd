import { measureText } from '../measure-text.ts';
import { widestOf } from './axis-names.ts';
import { textSize } from './chart-text.ts';
import type { SvgElement } from './svg-element.ts';

/** What the numbers at the axes of a chart need, in pixels. */
export interface TickRoom {
  /** Left free on both sides of the frame. */
  readonly left: number;
  readonly right: number;
  /** From one tick of the horizontal axis to the next, about; 0 for Plot's own choice. */
  readonly spacing: number;
}

/** Plot's own, beside an axis without ticks. */
const tickPadding = 9;
/** Between a number and the edge of the picture. */
const least = 4;

/** The room for the numbers that Plot wrote: beside the vertical axis, for half of one that stands
 * in the middle of its tick near to an end of the horizontal one, and between those. Which ones it
 * writes depends on what is shown, and on the room.
 * @param width of the picture, in pixels.
 */
export function tickRoom(svg: SvgElement, width: number): TickRoom {
  const beside = least + widestOf(textsOf(svg, 'y').map(wordsOf)) + tickPadding;
  const below = textsOf(svg, 'x').flatMap(spanOf);
  const halfOf = (isOut: (span: Span) => boolean): number =>
    Math.max(0, ...below.filter(isOut).map(({ left, right }) => least + (right - left) / 2));
  const meet = below.some(({ left }, at) => at > 0 && left < below[at - 1]!.right + least);
  const widest = Math.max(0, ...below.map(({ left, right }) => right - left));
  return {
    left: Math.max(
      beside,
      halfOf(({ left }) => left < least),
    ),
    right: halfOf(({ right }) => right > width - least),
    // Of 1, 2 or 5 for a step the next smaller one is taken, up to 1.6 times too small.
    spacing: meet ? 1.6 * (widest + least) : 0,
  };
}

interface Span {
  readonly left: number;
  readonly right: number;
}

/** Where a text that stands upright begins and ends; names that stand aslant have room of their
 * own.
 */
function spanOf(text: SvgElement): Span[] {
  const [, x] = /^translate\(([^,]+),[^)]+\)$/.exec(text.getAttribute('transform') ?? '') ?? [];
  if (x === undefined) return [];
  const half = measureText(wordsOf(text), textSize) / 2;
  return [{ left: Number(x) - half, right: Number(x) + half }];
}

function textsOf(svg: SvgElement, axis: 'x' | 'y'): SvgElement[] {
  return Array.from(svg.querySelectorAll(`[aria-label="${axis}-axis tick label"] text`));
}

function wordsOf(text: SvgElement): string {
  return text.textContent ?? '';
}
