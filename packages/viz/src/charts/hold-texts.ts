import { digits } from '../path-data.ts';
import { isMeasured, measureText } from '../measure-text.ts';
import { textSize } from './chart-text.ts';
import type { SvgElement } from './svg-element.ts';

/** Gives each text of a chart that was measured the width that it was laid out with, so that it
 * stays within the picture where a viewer has to take another font. What was estimated is drawn as
 * wide as it is.
 */
export function holdTexts(svg: SvgElement): void {
  for (const text of svg.querySelectorAll('text')) {
    const words = text.textContent ?? '';
    const width = measureText(words, fontSizeOf(text, svg));
    if (width <= 0 || !isMeasured(words)) continue;
    text.setAttribute('textLength', digits(width));
    text.setAttribute('lengthAdjust', 'spacingAndGlyphs');
  }
}

/** What it says itself, or a group around it; the chart says the size of the others. */
function fontSizeOf(text: SvgElement, svg: SvgElement): number {
  for (let at: SvgElement | null = text; at && at !== svg; at = at.parentElement) {
    const size = at.getAttribute('font-size');
    if (size !== null) return Number.parseFloat(size);
  }
  return textSize;
}
