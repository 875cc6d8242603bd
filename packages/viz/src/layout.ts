import { assertArray, assertOptions, assertString } from '@qualm/types';
import { anchorPart, keepInside } from './anchor-rect.ts';
import { assertSize } from './assert-picture.ts';
import { inkOn, parseColor } from './color.ts';
import { defaultSizes } from './default-style.ts';
import type { DefaultSizes } from './default-style.ts';
import type { DisplayList, Fill, Label, Stroke } from './display-list.ts';
import { flatten } from './flatten.ts';
import type { Leaf } from './flatten.ts';
import { heatCells } from './heat-cells.ts';
import type { HeatmapLayer, Layer, TextLayer } from './layer.ts';
import { outlineOf } from './outline.ts';
import type { Outline } from './outline.ts';
import { rectPath } from './path-data.ts';
import { placeTags } from './place-tags.ts';
import type { BoxStyle, Style } from './style.ts';
import { linesAt, textBlock } from './text-block.ts';
import type { TextBlock } from './text-block.ts';
import { pointInView } from './view.ts';
import type { Rect, View } from './view.ts';

type Shape = Exclude<Leaf, TextLayer | HeatmapLayer>;

interface DrawnShape {
  readonly kind: Shape['kind'];
  readonly style: BoxStyle;
  readonly outline: Outline;
}

const defaultColor = '#e69f00';
const defaultFill = { box: 0, polygon: 0.3, mask: 0.45, keypoints: 1 } as const;

/** What a picture of these layers shows, with all sizes, colours and places decided.
 * @param style the outermost style: it wins over those of the layers.
 * @throws RangeError for what is not a colour, or numbers of a style that are negative or NaN.
 */
export function layout(layers: Layer | readonly Layer[], view: View, style: Style = {}): DisplayList {
  assertView(view);
  assertOptions('layout', style, "{ color: 'yellow' }", 'its style');
  const sizes = defaultSizes(view.picture);
  const leaves = flatten(layers, style);
  for (const leaf of leaves) assertStyle(leaf.style);
  const maps = leaves.flatMap((leaf) => (leaf.kind === 'heatmap' ? heatCells(leaf, view) : []));
  const shapes = leaves.flatMap((leaf) => (isShape(leaf) ? drawnShape(leaf, view, sizes) : []));
  const texts = leaves.flatMap((leaf) => (leaf.kind === 'text' ? textLabel(leaf, view, sizes) : []));
  return Object.freeze({
    picture: view.picture,
    fills: [...maps, ...shapes.flatMap(fillOf)].sort((first, second) => second.area - first.area),
    strokes: shapes.flatMap((shape) => strokeOf(shape, sizes)),
    labels: [...tagsOf(shapes, view, sizes, texts), ...texts],
  });
}

function isShape(leaf: Leaf): leaf is Shape {
  return leaf.kind !== 'text' && leaf.kind !== 'heatmap';
}

function drawnShape(leaf: Shape, view: View, sizes: DefaultSizes): DrawnShape[] {
  const outline = outlineOf(leaf, view, leaf.style.strokeWidth ?? sizes.strokeWidth);
  return outline ? [{ kind: leaf.kind, style: leaf.style, outline }] : [];
}

function fillOf({ kind, style, outline }: DrawnShape): Fill[] {
  const paint = parseColor(style.color ?? defaultColor);
  const opacity = paint.opacity * (style.fillOpacity ?? defaultFill[kind]) * (style.opacity ?? 1);
  const { path, rule, bounds } = outline;
  // Dots are painted over whatever is filled.
  const area = kind === 'keypoints' ? 0 : bounds.width * bounds.height;
  return opacity > 0 ? [{ path, rule, color: paint.hex, opacity, area }] : [];
}

function strokeOf({ kind, style, outline }: DrawnShape, sizes: DefaultSizes): Stroke[] {
  const paint = parseColor(style.color ?? defaultColor);
  const wanted = style.strokeWidth ?? (kind === 'mask' ? 0 : sizes.strokeWidth);
  const { bounds, path, rule, links } = outline;
  const width = kind === 'box' ? Math.min(wanted, bounds.width / 2, bounds.height / 2) : wanted;
  const opacity = paint.opacity * (style.opacity ?? 1);
  if (width === 0 || opacity === 0) return [];
  const common = { color: paint.hex, opacity, dash: style.dash ?? [], rule };
  if (links !== undefined) return links === '' ? [] : [{ ...common, path: links, width, clip: false }];
  if (kind !== 'box') return [{ ...common, path, width: 2 * width, clip: true }];
  return [{ ...common, path: rectPath(inset(bounds, width / 2)), width, clip: false }];
}

function inset({ x, y, width, height }: Rect, by: number): Rect {
  return { x: x + by, y: y + by, width: width - 2 * by, height: height - 2 * by };
}

/** The first shape has the first choice of a place, and its tag lies on top. */
function tagsOf(shapes: readonly DrawnShape[], view: View, sizes: DefaultSizes, texts: readonly Label[]): Label[] {
  const tags = shapes.flatMap(({ style, outline }) => {
    const fontSize = style.fontSize ?? sizes.fontSize;
    const block = textBlock(style.label ?? '', fontSize, style.padding ?? 0.3 * fontSize, view.picture);
    return block ? [{ style, block, target: outline.visible }] : [];
  });
  const requests = tags.map(({ style, block, target }) => {
    return { size: block.size, target, anchor: style.labelAnchor ?? 'top-left' } as const;
  });
  const places = placeTags(requests, view.picture, texts);
  return tags.map(({ style, block }, index) => tagLabel(style, block, places[index]!)).reverse();
}

function tagLabel(style: BoxStyle, block: TextBlock, place: Rect): Label {
  const plate = parseColor(style.color ?? defaultColor);
  const ink = parseColor(style.ink ?? inkOn(plate.hex)).hex;
  const opacity = style.opacity ?? 1;
  const { fontSize } = block;
  return { ...place, plate: { color: plate.hex, opacity: 1 }, lines: linesAt(block, place), fontSize, ink, opacity };
}

function textLabel({ text, at, style }: TextLayer, view: View, sizes: DefaultSizes): Label[] {
  const fontSize = style.fontSize ?? sizes.fontSize;
  const padding = style.padding ?? (style.background === undefined ? 0 : 0.3 * fontSize);
  const block = textBlock(text, fontSize, padding, view.picture);
  const [x, y] = pointInView(at, view);
  if (!block || !Number.isFinite(x + y)) return [];
  const [partX, partY] = anchorPart(style.anchor ?? 'top-left');
  const { width, height } = block.size;
  const place = keepInside({ x: x - partX * width, y: y - partY * height, width, height }, view.picture);
  const background = style.background === undefined ? null : parseColor(style.background);
  const plate = background && {
    color: background.hex,
    opacity: background.opacity * (style.backgroundOpacity ?? 1),
  };
  const ink = parseColor(style.color ?? (plate ? inkOn(plate.color) : '#ffffff'));
  const opacity = ink.opacity * (style.opacity ?? 1);
  return [{ ...place, plate, lines: linesAt(block, place), fontSize, ink: ink.hex, opacity }];
}

function assertView(view: View): void {
  assertOptions('layout', view, 'fullView({ width: 640, height: 480 })', 'its view');
  for (const part of [view.image, view.region, view.picture]) assertSize('layout', part);
}

function assertStyle(style: Style): void {
  for (const name of ['opacity', 'fillOpacity', 'backgroundOpacity'] as const) assertRange(style, name, 0, 1);
  for (const name of ['strokeWidth', 'padding', 'radius'] as const) assertRange(style, name, 0, 10_000);
  assertRange(style, 'fontSize', 1, 10_000);
  if (style.label !== undefined) assertString('style', 'label', style.label);
  if (style.dash !== undefined) assertArray('style', 'dash', style.dash, 'an array, such as [6, 4]');
  for (const dash of style.dash ?? []) assertRange({ dash }, 'dash', 0, 10_000);
}

function assertRange<Name extends string>(
  style: { readonly [N in Name]?: number },
  name: Name,
  low: number,
  high: number,
) {
  const value = style[name];
  if (value === undefined || (typeof value === 'number' && value >= low && value <= high)) return;
  throw new RangeError(`style: ${name} is ${String(value)}; expected ${low} to ${high}`);
}
