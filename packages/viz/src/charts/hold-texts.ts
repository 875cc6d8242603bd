import { digits } from '../path-data.ts';
import { isMeasured, measureText } from '../measure-text.ts';
import { textSize } from './chart-text.ts';
import { propertyOf } from './svg-element.ts';
import type { SvgElement } from './svg-element.ts';

/** Gives each text of a chart that was measured the width that it was laid out with, so that it
 * stays within the picture where a viewer has to take another font. What was estimated is drawn as
 * wide as it is.
 */
export function holdTexts(svg: SvgElement): void {
  for (const text of svg.querySelectorAll('text')) {
    const words = text.textContent ?? '';
    const width = measureText(words, Number.parseFloat(propertyOf(text, 'font-size') ?? `${textSize}`));
    if (width <= 0 || !isMeasured(words)) continue;
    text.setAttribute('textLength', digits(width));
    text.setAttribute('lengthAdjust', 'spacingAndGlyphs');
  }
}
