import type { Point } from './layer.ts';
import type { Rect } from './view.ts';

/** A number as SVG has it: two decimals at most. */
export function digits(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** SVG path data of a rectangle. */
export function rectPath({ x, y, width, height }: Rect): string {
  return `M${digits(x)} ${digits(y)}h${digits(width)}v${digits(height)}h${digits(-width)}z`;
}

/** SVG path data of closed rings. */
export function ringsPath(rings: readonly (readonly Point[])[]): string {
  return rings.map((ring) => `M${ring.map(([x, y]) => `${digits(x)} ${digits(y)}`).join('L')}z`).join('');
}

/** SVG path data of a disc. */
export function dotPath([x, y]: Point, radius: number): string {
  const r = digits(radius);
  const across = digits(2 * radius);
  return `M${digits(x - radius)} ${digits(y)}a${r} ${r} 0 1 0 ${across} 0a${r} ${r} 0 1 0 ${digits(-2 * radius)} 0z`;
}

/** SVG path data of a line. */
export function linePath([x, y]: Point, [toX, toY]: Point): string {
  return `M${digits(x)} ${digits(y)}L${digits(toX)} ${digits(toY)}`;
}

/** The rings, all the same way round, so that filled by the non-zero rule they are their union. */
export function sameWayRound(rings: readonly (readonly Point[])[]): (readonly Point[])[] {
  return rings.map((ring) => (signedArea(ring) < 0 ? ring.toReversed() : ring));
}

function signedArea(ring: readonly Point[]): number {
  return ring.reduce((sum, [x, y], index) => {
    const [nextX, nextY] = ring[(index + 1) % ring.length]!;
    return sum + x * nextY - nextX * y;
  }, 0);
}
