import { color as colorOf, rgb } from 'd3-color';

/** A CSS colour: `#e69f00`, `rgb(230 159 0)` with commas, `hsl(...)`, or a name such as `orange`.
 */
export type Color = string;

/** A colour as SVG attributes hold it: six hexadecimal digits, and opacity 0..1. */
export interface Paint {
  readonly hex: string;
  readonly opacity: number;
}

/** The colour's parts; nothing but digits is left of what came, so it is safe in markup.
 * @throws RangeError for what is not a CSS colour.
 * @example parseColor('orange') // { hex: '#ffa500', opacity: 1 }
 */
export function parseColor(color: Color): Paint {
  const parsed = typeof color === 'string' ? colorOf(color)?.rgb().clamp() : undefined;
  if (parsed === undefined) {
    throw new RangeError(
      `color: ${JSON.stringify(String(color).slice(0, 40))} is not a colour; expected "#rrggbb", "rgb(...)", "hsl(...)" or a CSS name`,
    );
  }
  return { hex: parsed.copy({ opacity: 1 }).formatHex(), opacity: parsed.opacity };
}

/** Relative luminance, 0 (black) .. 1 (white); opacity does not count.
 * @see https://www.w3.org/TR/WCAG21/#dfn-relative-luminance
 */
export function luminance(color: Color): number {
  const { r, g, b } = rgb(parseColor(color).hex);
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
}

/** Black or white, whichever stands out more from the background by WCAG's contrast ratio: at least
 * 4.5 : 1.
 * @example inkOn('#0072b2') // '#ffffff'
 */
export function inkOn(background: Color): '#000000' | '#ffffff' {
  return (luminance(background) + 0.05) ** 2 > 1.05 * 0.05 ? '#000000' : '#ffffff';
}

function linear(channel: number): number {
  const value = channel / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}
