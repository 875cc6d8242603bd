import { assertArray, assertOptions, assertString } from '@qualm/types';
import { assertSize } from './assert-picture.ts';
import { inkOn } from './color.ts';
import { escapeXml } from './clean-text.ts';
import type { DisplayList, Fill, Label, LabelLine, Stroke } from './display-list.ts';
import { isMeasured } from './measure-text.ts';
import { digits } from './path-data.ts';
import { shapedElements } from './shaped-elements.ts';
import type { ShapedLine } from './shaped-elements.ts';

export interface SvgOptions {
  /** What lies under the layers: a `data:` URL, or an address. Nothing when absent. */
  readonly href?: string;
  /** Begins every id of the SVG: give each its own where several stand in one page. */
  readonly idPrefix?: string;
}

/** A display list as one SVG: a pure function of what it is given. All text and addresses are
 * escaped.
 */
export function toSvg(list: DisplayList, options: SvgOptions = {}): string {
  return svgOf(list, options, new Map());
}

/** The same with pictures in the place of some lines.
 * @param shaped for a rasteriser that cannot draw them; browsers can
 */
export function svgOf(list: DisplayList, options: SvgOptions, shaped: Shaped): string {
  assertList(list);
  assertOptions('toSvg', options, "{ href: 'cat.jpg' }");
  const { picture, fills, strokes, labels } = list;
  const { href, idPrefix = 'qualm' } = options;
  if (href !== undefined) assertString('toSvg', 'href', href, 'a data: URL or an address');
  assertString('toSvg', 'idPrefix', idPrefix);
  const { width, height } = picture;
  const size = `width="${width}" height="${height}"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} viewBox="0 0 ${width} ${height}">`,
    ...(href === undefined ? [] : [`<image href="${escapeXml(href)}" ${size} preserveAspectRatio="none"/>`]),
    ...fills.map(fillElement),
    ...strokes.map((stroke, index) => strokeElement(stroke, `${escapeXml(idPrefix)}-${index}`)),
    ...(labels.length === 0 ? [] : [labelsElement(labels, shaped)]),
    '</svg>',
  ].join('\n');
}

function assertList(list: DisplayList): void {
  assertOptions('toSvg', list, 'what layout gives', 'its display list');
  for (const name of ['fills', 'strokes', 'labels'] as const) assertArray('toSvg', name, list[name], 'an array');
  assertSize('toSvg', list.picture);
}

function fillElement({ path, color, opacity, rule }: Fill): string {
  return `<path d="${path}" fill="${color}"${part('fill-opacity', opacity)}${ruleOf('fill-rule', rule)}/>`;
}

function strokeElement({ path, color, opacity, width, dash, rule, clip }: Stroke, id: string): string {
  const dashes = dash.length > 0 ? ` stroke-dasharray="${dash.map(digits).join(' ')}"` : '';
  const paint = `stroke="${color}" stroke-width="${digits(width)}"${part('stroke-opacity', opacity)}${dashes}`;
  if (!clip) return `<path d="${path}" fill="none" ${paint}/>`;
  return (
    `<clipPath id="${id}"><path d="${path}"${ruleOf('clip-rule', rule)}/></clipPath>` +
    `<path d="${path}" fill="none" clip-path="url(#${id})" stroke-linejoin="round" ${paint}/>`
  );
}

type Shaped = ReadonlyMap<LabelLine, ShapedLine>;

function labelsElement(labels: readonly Label[], shaped: Shaped): string {
  const font = `font-family="Arimo, Arial, 'Liberation Sans', Helvetica, sans-serif" font-weight="600"`;
  return `<g ${font} style="font-kerning:none" xml:space="preserve">\n${labels.map((label) => labelElement(label, shaped)).join('\n')}\n</g>`;
}

function labelElement(label: Label, shaped: Shaped): string {
  const { plate, lines, opacity } = label;
  const content = `${plate ? plateElement(label, plate) : ''}${lines.map((line) => lineElement(line, label, shaped.get(line))).join('')}`;
  return opacity < 1 ? `<g opacity="${digits(opacity)}">${content}</g>` : content;
}

function plateElement({ x, y, width, height, fontSize }: Label, plate: NonNullable<Label['plate']>): string {
  const place = `x="${digits(x)}" y="${digits(y)}" width="${digits(width)}" height="${digits(height)}"`;
  return `<rect ${place} rx="${digits(fontSize / 6)}" fill="${plate.color}"${part('fill-opacity', plate.opacity)}/>`;
}

/** `textLength` keeps a text that was measured on its plate where a browser has to take another
 * font.
 */
function lineElement(line: LabelLine, { fontSize, ink, plate }: Label, shaped: ShapedLine | undefined): string {
  const { text, x, y, width } = line;
  if (text.trim() === '') return '';
  if (shaped) return shapedElements(shaped, x, y);
  const halo = plate
    ? ''
    : ` stroke="${inkOn(ink)}" stroke-opacity="0.7" stroke-width="${digits(fontSize / 5)}" stroke-linejoin="round" paint-order="stroke"`;
  const place = `x="${digits(x)}" y="${digits(y)}" font-size="${digits(fontSize)}"`;
  const length = isMeasured(text) ? ` textLength="${digits(width)}" lengthAdjust="spacingAndGlyphs"` : '';
  return `<text ${place} fill="${ink}"${halo}${length}>${escapeXml(text)}</text>`;
}

function part(name: string, opacity: number): string {
  return opacity < 1 ? ` ${name}="${digits(opacity)}"` : '';
}

function ruleOf(name: string, rule: 'nonzero' | 'evenodd'): string {
  return rule === 'evenodd' ? ` ${name}="evenodd"` : '';
}
