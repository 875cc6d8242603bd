import { assertString } from '@qualm/types';
import type { Frame } from './draw-chart.ts';
import type { SvgElement } from './svg-element.ts';

/** Where a bar, a column or a cell of a chart is, in parts of the picture's sides, 0..1: the whole
 * height of the frame for a column, its whole width for a bar that lies.
 */
export interface ChartRegion {
  /** Which of what the chart was given it shows: a class, a bin, a part, or of a matrix
   * `row * size + column`. */
  readonly at: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Which shapes of a chart are regions. */
export interface RegionParts {
  /** The name that Plot has for their mark. */
  readonly mark: 'bar' | 'rect' | 'cell';
  /** What each of them shows, in their order; below 0 for one that is no region. */
  readonly at: readonly number[];
  /** Which side reaches from one edge of the frame to the other. */
  readonly whole?: 'x' | 'y';
}

const name = 'data-regions';

/** The regions of a chart that was drawn with `regions: true`, to be laid over its picture as links
 * or buttons; none of a chart that was not.
 * @throws RangeError for what is no text.
 * @example chartRegions(detectionsPerClass([12, 3], ['person', 'dog'], { regions: true }))[0].at // 0
 */
export function chartRegions(svg: string): ChartRegion[] {
  assertString('chartRegions', 'its chart', svg);
  const [, numbers = ''] = new RegExp(`^[^>]* ${name}="([\\d. ,-]*)"`).exec(svg) ?? [];
  return numbers
    .split(',')
    .map((region) => region.split(' ').map(Number))
    .filter((region) => region.length === 5 && region.every(Number.isFinite))
    .map(([at, x, y, width, height]) => ({ at: at!, x: x!, y: y!, width: width!, height: height! }));
}

/** Says in a chart where its regions are. */
export function noteRegions(
  svg: SvgElement,
  { mark, at, whole }: RegionParts,
  {
    left,
    top,
    frame,
    picture,
  }: { readonly left: number; readonly top: number; readonly frame: Frame; readonly picture: Frame },
): void {
  const [group] = svg.querySelectorAll(`[aria-label="${mark}"]`);
  const shapes = [...(group?.querySelectorAll('rect') ?? [])];
  if (shapes.length !== at.length) return;
  const side = (shape: SvgElement, attribute: string): number => Number(shape.getAttribute(attribute));
  const part = (value: number): string => String(Math.round(1e4 * value) / 1e4);
  const regions = shapes.flatMap((shape, row) => {
    if (at[row]! < 0) return [];
    const [x, width] = whole === 'x' ? [left, frame.width] : [side(shape, 'x'), side(shape, 'width')];
    const [y, height] = whole === 'y' ? [top, frame.height] : [side(shape, 'y'), side(shape, 'height')];
    const sides = [x / picture.width, y / picture.height, width / picture.width, height / picture.height];
    return [[String(at[row]), ...sides.map(part)].join(' ')];
  });
  svg.setAttribute(name, regions.join(','));
}
