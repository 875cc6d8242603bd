import { element, svgElement } from '../element.ts';
import type { MapPlaces } from './map-places.ts';
import { drawPoints } from './draw-points.ts';
import type { PointColors } from './point-colors.ts';
import { createPointFinder } from './point-finder.ts';

/** A picture of points, which says what is under the pointer, and takes a part that is drawn. */
export interface MapView {
  readonly root: HTMLElement;
  /** @param shown 1 for each cell that is */
  draw(colors: PointColors, shown: Uint8Array): void;
  /** Draws the border of a part; none for no corners. */
  outline(corners: readonly number[]): void;
}

export interface MapViewParts {
  /** The cell under the pointer; -1 where there is none. */
  readonly onPoint: (index: number) => void;
  readonly onOpen: (index: number) => void;
  /** The corners of a part that somebody drew, 0..1. */
  readonly onPart: (corners: readonly (readonly [number, number])[]) => void;
}

/** Pixels that a pointer may be beside a point, and must go to draw. */
const reach = 10;

export function createMapView(places: MapPlaces, name: string, { onPoint, onOpen, onPart }: MapViewParts): MapView {
  const canvas = element('canvas', { role: 'img', 'aria-label': name });
  const line = svgElement('polygon', {});
  const overlay = svgElement('svg', { viewBox: '0 0 1000 1000', 'aria-hidden': 'true' }, line);
  const root = element('div', { class: 'map' }, canvas, overlay);
  const find = createPointFinder(places);
  let last: readonly [PointColors, Uint8Array] | null = null;
  let path: (readonly [number, number])[] | null = null;

  function placeOf(event: PointerEvent): readonly [number, number] {
    const { left, top, width, height } = canvas.getBoundingClientRect();
    return [(event.clientX - left) / width, (event.clientY - top) / height];
  }

  function pointAt(event: PointerEvent): number {
    const [x, y] = placeOf(event);
    return find(x, y, reach / canvas.clientWidth);
  }

  function outline(corners: readonly number[]): void {
    line.setAttribute('points', corners.join(' '));
  }

  function redraw(): void {
    const side = Math.round(canvas.clientWidth * devicePixelRatio);
    const context = canvas.getContext('2d');
    if (!context || !last || side === 0) return;
    canvas.width = canvas.height = side;
    const pixels = context.createImageData(side, side);
    const radius = places.xs.length <= 2000 ? 3.2 : places.xs.length <= 20_000 ? 2 : 1;
    const [colors, shown] = last;
    drawPoints(pixels, places, colors, { shown, radius: radius * Math.min(2, devicePixelRatio) });
    context.putImageData(pixels, 0, 0);
  }

  let waiting = false;
  function redrawSoon(): void {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      redraw();
    });
  }
  new ResizeObserver(redrawSoon).observe(canvas);

  root.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    path = [placeOf(event)];
    root.setPointerCapture(event.pointerId);
  });
  root.addEventListener('pointermove', (event) => {
    if (!path) {
      const index = pointAt(event);
      root.classList.toggle('over', index >= 0);
      return onPoint(index);
    }
    path.push(placeOf(event));
    if (isDrawn(path)) outline(path.flatMap(([x, y]) => [1000 * x, 1000 * y]));
  });
  root.addEventListener('pointerup', (event) => {
    const drawn = path;
    path = null;
    if (!drawn) return;
    if (isDrawn(drawn)) return onPart(drawn);
    const index = pointAt(event);
    if (index >= 0) onOpen(index);
  });
  root.addEventListener('pointercancel', () => {
    path = null;
    outline([]);
  });
  root.addEventListener('pointerleave', () => onPoint(-1));

  /** Whether somebody has gone farther than a hand shakes. */
  function isDrawn(points: readonly (readonly [number, number])[]): boolean {
    const [x, y] = points[0]!;
    const away = reach / Math.max(1, canvas.clientWidth);
    return points.length > 2 && points.some(([x2, y2]) => Math.hypot(x2 - x, y2 - y) > away);
  }

  return {
    root,
    outline,
    draw(colors, shown) {
      if (last?.[0] === colors && shown.every((one, index) => one === last![1][index])) return;
      last = [colors, shown];
      redrawSoon();
    },
  };
}
