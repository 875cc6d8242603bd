import { assertFunction, assertFunctions, assertOptions, QualmError } from '@qualm/types';
import type { Size } from '@qualm/types';
import { inkOn } from './color.ts';
import type { Fill, Label, LabelLine, Stroke } from './display-list.ts';
import type { Layer } from './layer.ts';
import { layout } from './layout.ts';
import type { Style } from './style.ts';
import { fullView } from './view.ts';

/** What is used of a canvas's 2D context: a browser's, or that of `@napi-rs/canvas` in Node. */
export interface CanvasContext {
  fillStyle: unknown;
  strokeStyle: unknown;
  globalAlpha: number;
  lineWidth: number;
  lineJoin: string;
  font: string;
  textBaseline: string;
  textAlign: string;
  fontKerning?: string;
  save(): void;
  restore(): void;
  translate(x: number, y: number): void;
  scale(x: number, y: number): void;
  setLineDash(dash: number[]): void;
  fill(path: never, rule?: 'nonzero' | 'evenodd'): void;
  clip(path: never, rule?: 'nonzero' | 'evenodd'): void;
  stroke(path: never): void;
  fillText(text: string, x: number, y: number): void;
  strokeText(text: string, x: number, y: number): void;
  measureText(text: string): { readonly width: number };
  drawImage(image: never, x: number, y: number, width: number, height: number): void;
}

export interface CanvasOptions extends Style {
  /** What lies under the layers, such as an `ImageBitmap`, stretched over the whole. Nothing when
   * absent.
   */
  readonly image?: unknown;
  /** Makes a path of SVG path data. Default `new Path2D(data)` of the browser; pass that of your
   * canvas library in Node.
   */
  readonly createPath?: (data: string) => unknown;
}

/** Layers over an image, drawn on a canvas of that size: the picture that `render` and `renderSvg`
 * give, text in Arimo SemiBold where `loadFont` has loaded it. Call it again to draw anew; what was
 * there stays under it.
 * @throws RangeError as `render` does; QualmError `unsupported` where there is no `Path2D`.
 * @example renderCanvas(canvas.getContext('2d'), { width: 640, height: 480 }, box(b, { label: 'cat' }), { image: await createImageBitmap(blob) })
 */
export function renderCanvas(
  context: CanvasContext,
  size: Size,
  layers: Layer | readonly Layer[],
  options: CanvasOptions = {},
): void {
  const wanted = "a canvas's 2D context: canvas.getContext('2d')";
  assertFunctions('renderCanvas', 'its context', context, ['save', 'fill', 'stroke', 'fillText'], wanted);
  assertOptions('renderCanvas', options, "{ color: 'yellow' }");
  const { image, createPath = browserPath, ...style } = options;
  assertFunction('renderCanvas', 'createPath', createPath, 'a function, such as (data) => new Path2D(data)');
  const { fills, strokes, labels } = layout(layers, fullView(size), style);
  const path = (data: string): never => createPath(data) as never;
  context.save();
  if (image !== undefined) context.drawImage(image as never, 0, 0, size.width, size.height);
  for (const fill of fills) paintFill(context, fill, path(fill.path));
  for (const stroke of strokes) paintStroke(context, stroke, path(stroke.path));
  for (const label of labels) paintLabel(context, label, path);
  context.restore();
}

function paintFill(context: CanvasContext, { color, opacity, rule }: Fill, path: never): void {
  context.globalAlpha = opacity;
  context.fillStyle = color;
  context.fill(path, rule);
}

function paintStroke(context: CanvasContext, stroke: Stroke, path: never): void {
  const { color, opacity, width, dash, rule, clip } = stroke;
  context.save();
  if (clip) context.clip(path, rule);
  context.lineJoin = clip ? 'round' : 'miter';
  context.setLineDash([...dash]);
  context.globalAlpha = opacity;
  context.strokeStyle = color;
  context.lineWidth = width;
  context.stroke(path);
  context.restore();
}

function paintLabel(context: CanvasContext, label: Label, path: (data: string) => never): void {
  const { plate, lines, opacity, fontSize } = label;
  if (plate) {
    context.globalAlpha = opacity * plate.opacity;
    context.fillStyle = plate.color;
    context.fill(path(platePath(label)));
  }
  context.font = `600 ${fontSize}px Arimo, Arial, "Liberation Sans", Helvetica, sans-serif`;
  context.textBaseline = 'alphabetic';
  context.textAlign = 'left';
  if ('fontKerning' in context) context.fontKerning = 'none';
  for (const line of lines) paintLine(context, line, label);
}

/** As wide as it was measured, also where the browser has to take another font. */
function paintLine(context: CanvasContext, { text, x, y, width }: LabelLine, label: Label): void {
  if (text.trim() === '') return;
  const { ink, opacity, plate, fontSize } = label;
  context.save();
  context.translate(x, y);
  const found = context.measureText(text).width;
  if (found > 0) context.scale(width / found, 1);
  if (!plate) {
    context.globalAlpha = 0.7 * opacity;
    context.strokeStyle = inkOn(ink);
    context.lineWidth = fontSize / 5;
    context.lineJoin = 'round';
    context.strokeText(text, 0, 0);
  }
  context.globalAlpha = opacity;
  context.fillStyle = ink;
  context.fillText(text, 0, 0);
  context.restore();
}

/** The plate of a label, with its round corners. */
function platePath({ x, y, width, height, fontSize }: Label): string {
  const r = Math.min(fontSize / 6, width / 2, height / 2);
  const corner = (dx: number, dy: number): string => `a${r} ${r} 0 0 1 ${dx} ${dy}`;
  return (
    `M${x + r} ${y}h${width - 2 * r}${corner(r, r)}v${height - 2 * r}${corner(-r, r)}` +
    `h${2 * r - width}${corner(-r, -r)}v${2 * r - height}${corner(r, -r)}z`
  );
}

function browserPath(data: string): unknown {
  const { Path2D } = globalThis as { Path2D?: new (data: string) => unknown };
  if (!Path2D)
    throw new QualmError(
      'unsupported',
      'renderCanvas: there is no Path2D here; pass createPath of your canvas library',
    );
  return new Path2D(data);
}
