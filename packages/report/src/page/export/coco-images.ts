import type { ReportData } from '../../report-data.ts';

/** An image of a COCO file. */
export interface CocoImage {
  readonly id: number;
  readonly file_name: string;
  readonly width: number;
  readonly height: number;
}

/** Gives the images of cells for a COCO file. Whole numbers are the images' ids as they are; else
 * images are counted from 1 as they come, and `file_name` is the id, or the name where the report
 * does not know the id.
 */
export function createCocoImages({ cells }: ReportData): {
  readonly of: (cell: number) => CocoImage;
  readonly all: () => CocoImage[];
} {
  const isNumbered = cells.imageId.every(Number.isSafeInteger);
  const images = new Map<string | number, CocoImage>();
  return {
    of(cell) {
      const key = cells.imageId[cell] ?? cells.image[cell]!;
      const known = images.get(key);
      if (known) return known;
      const id = isNumbered ? (key as number) : images.size + 1;
      const file_name = typeof key === 'string' ? key : cells.image[cell]!;
      const image = { id, file_name, width: cells.width[cell]!, height: cells.height[cell]! };
      images.set(key, image);
      return image;
    },
    all: () => [...images.values()],
  };
}

/** Edges as COCO has them: left, top, width and height, to a tenth of a pixel. */
export function cocoBox([xmin, ymin, xmax, ymax]: readonly [number, number, number, number]): {
  readonly bbox: readonly [number, number, number, number];
  readonly area: number;
} {
  const [width, height] = [tenth(xmax - xmin), tenth(ymax - ymin)];
  return { bbox: [xmin, ymin, width, height], area: tenth(width * height) };
}

function tenth(value: number): number {
  return Math.round(10 * value) / 10;
}
