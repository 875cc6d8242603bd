import type { Size } from './geometry.ts';
import { iouOfEdges } from './iou-of-edges.ts';
import { shortestFloat32 } from './shortest-float32.ts';

/** What the numbers of a box mean: pixels of the image, or fractions of its width and height. */
export type BoxSpace = 'pixels' | 'relative';

/** An immutable box (xmin, ymin, xmax, ymax) in pixels, or relative to its image (0..1 inside of
 * it). Boxes of different spaces do not mix: it does not compile, and throws a RangeError where
 * types were bypassed.
 * @example new Box2d(0, 0, 20, 20).iou(new Box2d(10, 10, 30, 30)) // 1 / 7
 */
export class Box2d<Space extends BoxSpace = 'pixels'> implements Iterable<number> {
  readonly xmin: number;
  readonly ymin: number;
  readonly xmax: number;
  readonly ymax: number;
  readonly space: Space;

  /** @throws RangeError unless 0 <= xmin <= xmax and 0 <= ymin <= ymax, all finite; zero area is
   * allowed.
   */
  constructor(xmin: number, ymin: number, xmax: number, ymax: number, space: Space = 'pixels' as Space) {
    if (!(0 <= xmin && xmin <= xmax && xmax < Infinity && 0 <= ymin && ymin <= ymax && ymax < Infinity)) {
      throw new RangeError(
        `Box2d: (${xmin}, ${ymin}, ${xmax}, ${ymax}) is not a box; expected 0 <= xmin <= xmax and 0 <= ymin <= ymax`,
      );
    }
    if (space !== 'pixels' && space !== 'relative') {
      throw new RangeError(`Box2d: space is ${String(space)}; expected 'pixels' or 'relative'`);
    }
    this.xmin = xmin;
    this.ymin = ymin;
    this.xmax = xmax;
    this.ymax = ymax;
    this.space = space;
    Object.freeze(this);
  }

  /** The box with its top left corner at (x, y).
   * @throws RangeError as the constructor does, so for a negative width or height.
   * @example Box2d.fromTopLeft(1, 2, 3, 4) // Box2d(1, 2, 4, 6)
   */
  static fromTopLeft<Space extends BoxSpace = 'pixels'>(
    x: number,
    y: number,
    width: number,
    height: number,
    space?: Space,
  ): Box2d<Space> {
    return new Box2d(x, y, x + width, y + height, space);
  }

  /** The box whose middle is (cx, cy).
   * @throws RangeError as the constructor does, so for a box that reaches below 0.
   * @example Box2d.fromCenter(5, 5, 4, 2) // Box2d(3, 4, 7, 6)
   */
  static fromCenter<Space extends BoxSpace = 'pixels'>(
    cx: number,
    cy: number,
    width: number,
    height: number,
    space?: Space,
  ): Box2d<Space> {
    return new Box2d(cx - width / 2, cy - height / 2, cx + width / 2, cy + height / 2, space);
  }

  /** IoU of each box of `first` (rows) with each of `second` (columns): shape [first.length,
   * second.length], 0..1.
   */
  static ious<Space extends BoxSpace>(
    first: readonly Box2d<Space>[],
    second: readonly Box2d<NoInfer<Space>>[],
  ): Float64Array[] {
    return first.map((box) => box.iou(second));
  }

  /** The edges as `JSON.stringify` writes them, the shortest decimals that read back as the same
   * float32; `space` where it is not pixels.
   */
  toJSON(): {
    readonly xmin: number;
    readonly ymin: number;
    readonly xmax: number;
    readonly ymax: number;
    space?: Space;
  } {
    const [xmin, ymin, xmax, ymax] = [this.xmin, this.ymin, this.xmax, this.ymax].map(shortestFloat32) as [
      ...[number, number, number, number],
    ];
    return { xmin, ymin, xmax, ymax, ...(this.space !== 'pixels' && { space: this.space }) };
  }

  get width(): number {
    return this.xmax - this.xmin;
  }

  get height(): number {
    return this.ymax - this.ymin;
  }

  get area(): number {
    return this.width * this.height;
  }

  *[Symbol.iterator](): IterableIterator<number> {
    yield this.xmin;
    yield this.ymin;
    yield this.xmax;
    yield this.ymax;
  }

  /** The box with all numbers multiplied, by one factor or by [x, y].
   * @throws RangeError when a factor is not positive and finite.
   * @example new Box2d(1, 2, 3, 4).scale([10, 7.5]) // Box2d(10, 15, 30, 30)
   */
  scale(factor: number | readonly [x: number, y: number]): Box2d<Space> {
    const [x, y] = typeof factor === 'number' ? [factor, factor] : factor;
    assertPositive('Box2d.scale', 'factor', x, y);
    return new Box2d(this.xmin * x, this.ymin * y, this.xmax * x, this.ymax * y, this.space);
  }

  /** Intersection over union, 0..1; 0 for boxes that only touch, and where the union has no area.
   * One number for each box when there are several.
   * @throws RangeError for a box of the other space.
   */
  iou(other: Box2d<Space>): number;
  iou(others: readonly Box2d<Space>[]): Float64Array;
  iou(others: Box2d<Space> | readonly Box2d<Space>[]): number | Float64Array {
    if ('xmin' in others) return iou(this, others);
    return Float64Array.from(others, (other) => iou(this, other));
  }

  /** The box that both cover; null where they do not overlap, so also where they only touch.
   * @throws RangeError for a box of the other space.
   */
  intersection(other: Box2d<Space>): Box2d<Space> | null {
    assertSameSpace('Box2d.intersection', this, other);
    const xmin = Math.max(this.xmin, other.xmin);
    const ymin = Math.max(this.ymin, other.ymin);
    const xmax = Math.min(this.xmax, other.xmax);
    const ymax = Math.min(this.ymax, other.ymax);
    return xmin < xmax && ymin < ymax ? new Box2d(xmin, ymin, xmax, ymax, this.space) : null;
  }

  /** The part inside an image of that size; a box wholly outside becomes one without area on the
   * image's edge.
   * @throws RangeError for a relative box, or a size that is not positive.
   */
  clip(this: Box2d<'pixels'>, { width, height }: Size): Box2d<'pixels'> {
    assertSpace('Box2d.clip', this, 'pixels');
    assertPositive('Box2d.clip', 'size', width, height);
    return new Box2d(
      Math.min(this.xmin, width),
      Math.min(this.ymin, height),
      Math.min(this.xmax, width),
      Math.min(this.ymax, height),
    );
  }

  /** The same box as fractions of the image's size; past 1 where it leaves the image.
   * @throws RangeError for a box that is relative already, or a size that is not positive.
   */
  toRelative(this: Box2d<'pixels'>, { width, height }: Size): Box2d<'relative'> {
    assertSpace('Box2d.toRelative', this, 'pixels');
    assertPositive('Box2d.toRelative', 'size', width, height);
    return new Box2d(this.xmin / width, this.ymin / height, this.xmax / width, this.ymax / height, 'relative');
  }

  /** The same box in pixels of an image of that size.
   * @throws RangeError for a box that is in pixels already, or a size that is not positive.
   */
  toPixels(this: Box2d<'relative'>, { width, height }: Size): Box2d<'pixels'> {
    assertSpace('Box2d.toPixels', this, 'relative');
    assertPositive('Box2d.toPixels', 'size', width, height);
    return new Box2d(this.xmin * width, this.ymin * height, this.xmax * width, this.ymax * height);
  }

  /** True for the same numbers in the same space. */
  equals(other: Box2d<BoxSpace>): boolean {
    return (
      this.space === other.space &&
      this.xmin === other.xmin &&
      this.ymin === other.ymin &&
      this.xmax === other.xmax &&
      this.ymax === other.ymax
    );
  }

  /** `Box2d(1, 2, 3, 4)`, or `Box2d(0.1, 0.2, 0.3, 0.4, relative)`. */
  toString(): string {
    return `Box2d(${[...this].join(', ')}${this.space === 'relative' ? ', relative' : ''})`;
  }
}

function iou(first: Box2d<BoxSpace>, second: Box2d<BoxSpace>): number {
  assertSameSpace('Box2d.iou', first, second);
  const { xmin, ymin, xmax, ymax } = second;
  return iouOfEdges(first.xmin, first.ymin, first.xmax, first.ymax, xmin, ymin, xmax, ymax);
}

function assertSameSpace(where: string, first: Box2d<BoxSpace>, second: Box2d<BoxSpace>): void {
  if (first.space === second.space) return;
  throw new RangeError(
    `${where}: one box is ${first.space}, the other ${second.space}; convert one with toPixels(size) or toRelative(size)`,
  );
}

function assertSpace(where: string, box: Box2d<BoxSpace>, wanted: BoxSpace): void {
  if (box.space === wanted) return;
  throw new RangeError(`${where}: ${String(box)} is ${box.space}; expected a box that is ${wanted}`);
}

function assertPositive(where: string, name: string, x: number, y: number): void {
  if (x > 0 && x < Infinity && y > 0 && y < Infinity) return;
  throw new RangeError(`${where}: ${name} is (${x}, ${y}); expected positive, finite numbers`);
}
