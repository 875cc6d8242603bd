import type { HeadDefinition, OutputProblem, Size } from '@qualm/types';

/** Counts what is wrong with the boxes of one image, corners in pixels of the model's input. */
export class BoxTally {
  read = 0;
  /** With NaN or infinite corners. */
  unusable = 0;
  /** With the right side left of the left one, or the lower above the upper. */
  inverted = 0;
  /** With nothing inside the input, or with a side of many inputs. */
  beyond = 0;
  /** The greatest corner. */
  extent = 0;
  private readonly size: Size;

  constructor(size: Size) {
    this.size = size;
  }

  clear(): void {
    this.read = this.unusable = this.inverted = this.beyond = this.extent = 0;
  }

  /** Whether it is a box. One whose corners are swapped is a box without area, as elsewhere. */
  add(boxes: Float32Array, at: number): boolean {
    const [left, top, right, bottom] = [boxes[at]!, boxes[at + 1]!, boxes[at + 2]!, boxes[at + 3]!];
    this.read++;
    if (!Number.isFinite(left + top + right + bottom)) return (this.unusable++, false);
    if (right < left || bottom < top) return (this.inverted++, true);
    if (this.isBeyond(left, top, right, bottom)) this.beyond++;
    this.extent = Math.max(this.extent, right, bottom);
    return true;
  }

  private isBeyond(left: number, top: number, right: number, bottom: number): boolean {
    const { width, height } = this.size;
    const isOutside = left >= width || top >= height || right <= 0 || bottom <= 0;
    return isOutside || right - left > manyInputs * width || bottom - top > manyInputs * height;
  }

  /** What is to be said of it; null where nothing is. */
  problemOf({ type, schema }: HeadDefinition): OutputProblem | null {
    const { read, unusable, inverted } = this;
    const misread = this.misreading(Object.hasOwn(schema.properties, 'units'));
    if (misread) return { message: `head ${type}: ${misread}`, isFatal: true, isOfSpec: true };
    // Quantised models invert a box in a hundred.
    const isTold = inverted > read / 10;
    if (unusable === 0 && !isTold) return null;
    const what = [
      ...(unusable > 0 ? [`NaN or infinite corners, ${unusable} of ${read}; they are left out`] : []),
      ...(isTold
        ? [`a right side left of the left one or a lower above the upper, ${inverted} of ${read}; they have no area`]
        : []),
    ];
    const message = `head ${type}: boxes have ${what.join(', and ')}`;
    return { message, isFatal: unusable === read, isOfSpec: false };
  }

  /** In what way these are not the boxes that the spec promises. A detector's boxes are a few of
   * them outside or tiny, never nearly all.
   */
  private misreading(hasUnits: boolean): string | null {
    const { read, inverted, beyond, extent, size } = this;
    const advice = "check head.outputs and the head's options";
    const setUnits = (units: string): string => (hasUnits ? `set head.units to "${units}", or ${advice}` : advice);
    if (read < fewest) return null;
    if (2 * inverted > read)
      return (
        `${inverted} of ${read} boxes have a right side left of the left one or a lower above the upper, so these are not the ` +
        `corners of boxes: perhaps centre and size (head "detr", or format "cxcywh" of head "two-outputs"), or another output; ${advice}`
      );
    if (10 * beyond >= 9 * read)
      return `${beyond} of ${read} boxes lie outside of the input or are many times as large, as where pixels are taken for 0..1; ${setUnits('pixels')}`;
    if (extent > corner || Math.min(size.width, size.height) < 8 * corner) return null;
    return `all ${read} boxes lie in the first ${corner} pixels of the input, as where 0..1 is taken for pixels, or boxes are not decoded yet; ${setUnits('relative')}`;
  }
}

/** So few boxes may lie anywhere. */
const fewest = 4;

/** No box of a detector has such sides. */
const manyInputs = 4;

/** In pixels. */
const corner = 4;
