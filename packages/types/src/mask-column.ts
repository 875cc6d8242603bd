import type { Column } from './column.ts';
import { createGrowingArray, rowAt } from './flat-rows.ts';
import { cocoCodesOfRuns, textOfCodes } from './mask-counts.ts';
import { Mask } from './mask.ts';

/** The arrays of a `MaskColumn`. */
export interface MaskArrays {
  /** COCO's compressed counts of all masks, one character a byte, one mask after the other. */
  readonly counts: Uint8Array;
  /** [n + 1]: the counts of mask i are those from `offsets[i]` to below `offsets[i + 1]`. */
  readonly offsets: Uint32Array;
  /** [n, 2]: width and height of each mask's picture, in pixels. */
  readonly sizes: Uint32Array;
}

/** Many masks as three typed arrays, of pictures of any size; a mask is made when it is read.
 * @example MaskColumn.from([mask]).at(0).area // mask.area
 */
export class MaskColumn implements Column<Mask>, MaskArrays {
  readonly counts: Uint8Array;
  readonly offsets: Uint32Array;
  readonly sizes: Uint32Array;

  /** @throws RangeError when the lengths do not belong together. */
  constructor({ counts, offsets, sizes }: MaskArrays) {
    const length = offsets.length - 1;
    const isAscending = offsets.every((offset, at) => at === 0 || offset >= offsets[at - 1]!);
    if (sizes.length !== 2 * length || !isAscending || offsets.at(-1)! > counts.length) {
      throw new RangeError(
        `MaskColumn: ${offsets.length} offsets to ${offsets.at(-1)}, ${sizes.length / 2} sizes, ${counts.length} characters; ` +
          'expected one offset more than sizes, ascending, none past the last character',
      );
    }
    this.counts = counts;
    this.offsets = offsets;
    this.sizes = sizes;
  }

  /** Copies masks, read once and in order, into one column. */
  static from(masks: Iterable<Mask>): MaskColumn {
    const counts = createGrowingArray(Uint8Array);
    const offsets = createGrowingArray(Uint32Array);
    const sizes = createGrowingArray(Uint32Array);
    let end = 0;
    offsets.append([end]);
    for (const mask of masks) {
      const codes = cocoCodesOfRuns(mask.toCocoRle());
      counts.append(codes);
      offsets.append([(end += codes.length)]);
      sizes.append([mask.size.width, mask.size.height]);
    }
    return new MaskColumn({ counts: counts.finish(), offsets: offsets.finish(), sizes: sizes.finish() });
  }

  get length(): number {
    return this.sizes.length / 2;
  }

  /** A mask; undefined outside.
   * @throws RangeError when its counts cannot be read, or do not add up to its picture.
   */
  at(index: number): Mask | undefined {
    const row = rowAt(index, this.length);
    if (row < 0) return undefined;
    const size = { width: this.sizes[2 * row]!, height: this.sizes[2 * row + 1]! };
    return Mask.fromCocoString(this.textAt(row), size);
  }

  /** COCO's compressed counts of the mask in that row, as they are held: nothing checks them. */
  textAt(row: number): string {
    return textOfCodes(this.counts.subarray(this.offsets[row], this.offsets[row + 1]));
  }

  /** The masks from `from` to below `to`, sharing memory. */
  slice(from: number, to: number): MaskColumn {
    const { counts, offsets, sizes } = this;
    return new MaskColumn({
      counts,
      offsets: offsets.subarray(from, to + 1),
      sizes: sizes.subarray(2 * from, 2 * to),
    });
  }

  *[Symbol.iterator](): IterableIterator<Mask> {
    for (let row = 0; row < this.length; row++) yield this.at(row)!;
  }
}
