import { rgb } from 'd3-color';
import { assertArray, assertNumber, assertOptions } from '@qualm/types';
import type { Color } from './color.ts';

/** Nine even steps of viridis, dark to light: even to the eye, and for colour-blind people too.
 * @see Smith and van der Walt 2015, matplotlib's viridis
 */
export const viridis: readonly Color[] = [
  '#440154',
  '#472d7b',
  '#3b528b',
  '#2c728e',
  '#21918c',
  '#28ae80',
  '#5ec962',
  '#addc30',
  '#fde725',
];

/** The colour of a number, for drawing by score or by any field: straight between the scheme's
 * colours, the ends for what lies outside the domain, grey for NaN.
 * @throws RangeError for a domain without extent or a scheme without colours.
 * @example valueColor(0.5, { domain: [0, 1] }) // '#21918c'
 */
export function valueColor(
  value: number,
  options: { readonly domain: readonly [low: number, high: number]; readonly scheme?: readonly Color[] },
): Color {
  assertNumber('valueColor', 'its value', value);
  assertOptions('valueColor', options, '{ domain: [0, 1] }');
  const { domain, scheme = viridis } = options;
  assertArray('valueColor', 'domain', domain, 'an array of two numbers, such as [0, 1]');
  assertArray('valueColor', 'its scheme', scheme, "an array of colours, such as ['tomato', '#e69f00']");
  const [low, high] = domain;
  if (!(high - low !== 0 && Number.isFinite(high - low)) || scheme.length === 0) {
    throw new RangeError(
      `valueColor: domain [${low}, ${high}], ${scheme.length} colours; expected two different numbers`,
    );
  }
  if (Number.isNaN(value)) return '#9e9e9e';
  const place = Math.min(1, Math.max(0, (value - low) / (high - low))) * (scheme.length - 1);
  const step = Math.min(Math.floor(place), scheme.length - 2);
  return step < 0 ? scheme[0]! : between(scheme[step]!, scheme[step + 1]!, place - step);
}

function between(first: Color, second: Color, part: number): Color {
  const [a, b] = [rgb(first), rgb(second)];
  const mix = (from: number, to: number) => from + (to - from) * part;
  return rgb(mix(a.r, b.r), mix(a.g, b.g), mix(a.b, b.b)).formatHex();
}
