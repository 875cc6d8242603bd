import { Box2d } from './box2d.ts';
import type { Size } from './geometry.ts';
import { assertTotal, checkedRuns, runsFromCocoString, runsToCocoString } from './mask-counts.ts';
import { assertRings, ringsFromBitmap, runsFromRings } from './mask-rings.ts';
import type { Ring } from './mask-rings.ts';
import { areaOfRuns, bitmapFromRuns, extentOfRuns, runsFromBitmap, transposeRuns } from './mask-runs.ts';
import { mergeRuns, sharedArea, spansOfRuns } from './mask-spans.ts';

/** What a mask holds. Runs are lengths of alternating stretches, zeros first: along the rows
 * (`rle`) or the columns (`coco-rle`, and `coco-string`, which is pycocotools' compressed form of
 * it). A bitmap is row-major, 0 and not 0.
 */
export type MaskEncoding =
  | { readonly type: 'rle' | 'coco-rle'; readonly counts: Uint32Array }
  | { readonly type: 'coco-string'; readonly counts: string }
  | { readonly type: 'polygons'; readonly rings: readonly Ring[] }
  | { readonly type: 'bitmap'; readonly data: Uint8Array };

/** A segmentation as COCO's JSON files have it: polygons, or an RLE, compressed or not. `size` is
 * [height, width].
 */
export type CocoSegmentation =
  | readonly Ring[]
  | { readonly counts: string | readonly number[]; readonly size: readonly [height: number, width: number] };

/** The pixels of one thing in a picture. It holds one encoding and makes the others when asked, so
 * convert once and keep the result if you ask often. Areas, boxes, overlaps and unions agree with
 * pycocotools to the pixel.
 * @see cocoapi's maskApi.c   @example Mask.fromRle([3, 2, 2], { width: 7, height: 1 }).area // 2
 */
export class Mask {
  readonly size: Size;
  readonly encoding: MaskEncoding;

  private constructor(size: Size, encoding: MaskEncoding) {
    this.size = size;
    this.encoding = encoding;
  }

  /** From runs along the rows. A Uint32Array is kept, not copied.
   * @throws RangeError when they do not add up to the picture.
   */
  static fromRle(counts: ArrayLike<number>, size: Size): Mask {
    return new Mask(assertSize(size), { type: 'rle', counts: checkedRuns(counts, size) });
  }

  /** From runs along the columns, COCO's uncompressed form. A Uint32Array is kept, not copied.
   * @throws RangeError when they do not add up to the picture.
   */
  static fromCocoRle(counts: ArrayLike<number>, size: Size): Mask {
    return new Mask(assertSize(size), { type: 'coco-rle', counts: checkedRuns(counts, size) });
  }

  /** From pycocotools' compressed string.
   * @throws RangeError when it cannot be read, or its runs do not add up to the picture.
   */
  static fromCocoString(counts: string, size: Size): Mask {
    assertTotal(runsFromCocoString(counts), assertSize(size));
    return new Mask(size, { type: 'coco-string', counts });
  }

  /** From rings of pixels x, y, x, y, ..., whose union it is. They may leave the picture, and are
   * drawn when asked for.
   * @throws RangeError for a ring that is not pairs of finite numbers.
   */
  static fromPolygons(rings: readonly Ring[], size: Size): Mask {
    assertRings(rings);
    return new Mask(assertSize(size), { type: 'polygons', rings });
  }

  /** From a row-major bitmap, which is kept, not copied; every value but 0 is part of the mask.
   * @throws RangeError when its length is not width * height.
   */
  static fromBitmap(data: Uint8Array, size: Size): Mask {
    const { width, height } = assertSize(size);
    if (data.length !== width * height) {
      throw new RangeError(`Mask: bitmap has ${data.length} pixels; expected ${width} x ${height} = ${width * height}`);
    }
    return new Mask(size, { type: 'bitmap', data });
  }

  /** From a `segmentation` of COCO's JSON, for an image of that size.
   * @throws RangeError as the other makers do, and when an RLE is of another size.
   */
  static fromCoco(segmentation: CocoSegmentation, size: Size): Mask {
    if (!('counts' in segmentation)) return Mask.fromPolygons(segmentation, size);
    const { counts } = segmentation;
    const [height, width] = segmentation.size;
    if (width !== size.width || height !== size.height) {
      throw new RangeError(
        `Mask: RLE is for ${width} x ${height} pixels, the image has ${size.width} x ${size.height}`,
      );
    }
    return typeof counts === 'string' ? Mask.fromCocoString(counts, size) : Mask.fromCocoRle(counts, size);
  }

  /** What is in any of the masks.
   * @throws RangeError for masks of different sizes, or none.
   */
  static union(masks: readonly Mask[]): Mask {
    return merge(masks, 'union');
  }

  /** What is in all of the masks.
   * @throws RangeError for masks of different sizes, or none.
   */
  static intersection(masks: readonly Mask[]): Mask {
    return merge(masks, 'intersection');
  }

  /** IoU of each mask of `first` (rows) with each of `second` (columns): shape [first.length,
   * second.length], 0..1. Where `iscrowd` is true for a mask of `second`, the area of the first
   * mask stands in for the union.
   * @throws RangeError for masks of different sizes.
   */
  static ious(first: readonly Mask[], second: readonly Mask[], iscrowd: readonly boolean[] = []): Float64Array[] {
    const columns = second.map(measure);
    return first.map((mask) => {
      const row = measure(mask);
      return Float64Array.from(columns, (column, index) => iou(row, column, iscrowd[index] ?? false));
    });
  }

  /** The number of pixels that are in the mask. */
  get area(): number {
    return areaOfRuns(anyRuns(this));
  }

  /** The smallest box around the mask's pixels; null for an empty mask, where pycocotools says (0,
   * 0, 0, 0).
   */
  get box(): Box2d | null {
    const isRowMajor = this.encoding.type === 'rle' || this.encoding.type === 'bitmap';
    const extent = extentOfRuns(anyRuns(this), isRowMajor ? this.size.width : this.size.height);
    if (extent === null) return null;
    const [x, y] = isRowMajor ? [extent.along, extent.across] : [extent.across, extent.along];
    return new Box2d(x[0], y[0], x[1], y[1]);
  }

  /** Intersection over union, 0..1, and 0 where the masks share nothing. With `iscrowd`, `other` is
   * a crowd and the area of this mask stands in for the union.
   * @throws RangeError for a mask of another size.
   */
  iou(other: Mask, { iscrowd = false }: { readonly iscrowd?: boolean } = {}): number {
    return iou(measure(this), measure(other), iscrowd);
  }

  /** Runs along the rows, zeros first. */
  toRle(): Uint32Array {
    const { encoding } = this;
    if (encoding.type === 'rle') return encoding.counts;
    if (encoding.type === 'bitmap') return runsFromBitmap(encoding.data);
    return transposeRuns(this.toCocoRle(), this.size.height, this.size.width);
  }

  /** Runs along the columns, zeros first: COCO's uncompressed counts. */
  toCocoRle(): Uint32Array {
    const { encoding } = this;
    if (encoding.type === 'coco-rle') return encoding.counts;
    if (encoding.type === 'coco-string') return runsFromCocoString(encoding.counts);
    if (encoding.type === 'polygons') return runsFromRings(encoding.rings, this.size);
    return transposeRuns(this.toRle(), this.size.width, this.size.height);
  }

  /** COCO's compressed counts, as pycocotools writes them. */
  toCocoString(): string {
    return this.encoding.type === 'coco-string' ? this.encoding.counts : runsToCocoString(this.toCocoRle());
  }

  /** COCO's compressed RLE, which `JSON.stringify` writes: `{ size: [height, width], counts }`. */
  toJSON(): Exclude<CocoSegmentation, readonly Ring[]> {
    const { width, height } = this.size;
    return { size: [height, width], counts: this.toCocoString() };
  }

  /** Row-major pixels, [height, width]; 1 (or, in a bitmap that was given, not 0) where the mask
   * is.
   */
  toBitmap(): Uint8Array {
    if (this.encoding.type === 'bitmap') return this.encoding.data;
    return bitmapFromRuns(this.toRle(), this.size.width * this.size.height);
  }

  /** Rings along pixel edges, one for each region (pixels that touch at a corner are two), holes
   * joined to it by a cut of no width; drawn again they give the same pixels. Polygons that were
   * given come back as they were.
   */
  toPolygons(): readonly Ring[] {
    if (this.encoding.type === 'polygons') return this.encoding.rings;
    const { box } = this;
    return box === null ? [] : ringsFromBitmap(this.toBitmap(), this.size, box);
  }
}

/** Runs in whichever order costs least. */
function anyRuns(mask: Mask): Uint32Array {
  return mask.encoding.type === 'rle' || mask.encoding.type === 'bitmap' ? mask.toRle() : mask.toCocoRle();
}

function merge(masks: readonly Mask[], operation: 'union' | 'intersection'): Mask {
  const [first] = masks;
  if (first === undefined) throw new RangeError(`Mask.${operation}: no masks; expected at least one`);
  for (const mask of masks) assertSameSize(`Mask.${operation}`, first.size, mask.size);
  const runs = masks.map((mask) => mask.toCocoRle());
  return Mask.fromCocoRle(mergeRuns(runs, operation, first.size.width * first.size.height), first.size);
}

interface Measured {
  readonly size: Size;
  readonly spans: Int32Array;
  readonly area: number;
  readonly columns: readonly [number, number];
  readonly rows: readonly [number, number];
}

function measure(mask: Mask): Measured {
  const runs = mask.toCocoRle();
  const extent = extentOfRuns(runs, mask.size.height) ?? { across: [0, 0], along: [0, 0] };
  return {
    size: mask.size,
    spans: spansOfRuns(runs),
    area: areaOfRuns(runs),
    columns: extent.across,
    rows: extent.along,
  };
}

function iou(first: Measured, second: Measured, iscrowd: boolean): number {
  assertSameSize('Mask.iou', first.size, second.size);
  if (!overlap(first.columns, second.columns) || !overlap(first.rows, second.rows)) return 0;
  const shared = sharedArea(first.spans, second.spans);
  if (shared === 0) return 0;
  return shared / (iscrowd ? first.area : first.area + second.area - shared);
}

function overlap(first: readonly [number, number], second: readonly [number, number]): boolean {
  return Math.max(first[0], second[0]) < Math.min(first[1], second[1]);
}

function assertSameSize(where: string, first: Size, second: Size): void {
  if (first.width === second.width && first.height === second.height) return;
  throw new RangeError(
    `${where}: one mask is ${first.width} x ${first.height} pixels, another ${second.width} x ${second.height}`,
  );
}

/** The size itself, when it is one that runs can count. */
function assertSize(size: Size): Size {
  const { width, height } = size;
  if (Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0 && width * height < 2 ** 31) {
    return size;
  }
  throw new RangeError(`Mask: size is ${width} x ${height}; expected positive whole numbers, under 2^31 pixels in all`);
}
