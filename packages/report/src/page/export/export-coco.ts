import type { ReportData } from '../../report-data.ts';
import type { KnownBox } from '../cells/box-at.ts';
import { ownBoxes } from '../cells/own-boxes.ts';

/** The images of cells with what the model found in them, in COCO's form: of cells that are boxes
 * these boxes alone. Whole numbers are the images' ids as they are; else images are counted from 1,
 * and `file_name` is the id, or the name where the report does not know the id. Categories are the
 * classes of the report, counted from 1: their names tell them apart. Edges are to a tenth of a
 * pixel; boxes without a class are left out.
 * @see https://cocodataset.org/#format-data
 */
export function cellsAsCoco(data: ReportData, indices: readonly number[]): string {
  const { title, labels, cells } = data;
  const isNumbered = cells.imageId.every(Number.isSafeInteger);
  const images = new Map<string | number, CocoImage>();
  const annotations: CocoAnnotation[] = [];
  for (const index of indices) {
    const key = cells.imageId[index] ?? cells.image[index]!;
    let image = images.get(key);
    if (!image) {
      const id = isNumbered ? (key as number) : images.size + 1;
      const file_name = typeof key === 'string' ? key : cells.image[index]!;
      image = { id, file_name, width: cells.width[index]!, height: cells.height[index]! };
      images.set(key, image);
    }
    for (const box of ownBoxes(data, index))
      if (box.label >= 0) annotations.push({ id: annotations.length + 1, image_id: image.id, ...found(box) });
  }
  const categories = labels.map((name, place) => ({ id: place + 1, name }));
  const coco = { info: { description: title }, images: [...images.values()], annotations, categories };
  return `${JSON.stringify(coco)}\n`;
}

interface CocoImage {
  readonly id: number;
  readonly file_name: string;
  readonly width: number;
  readonly height: number;
}

type CocoAnnotation = ReturnType<typeof found> & { readonly id: number; readonly image_id: number };

function found({ label, score, xmin, ymin, xmax, ymax }: KnownBox) {
  const [width, height] = [tenth(xmax - xmin), tenth(ymax - ymin)];
  return {
    ...{ category_id: label + 1, bbox: [xmin, ymin, width, height], area: tenth(width * height) },
    // Some labelling tools want a segmentation, and of a box an empty one.
    ...{ iscrowd: 0, segmentation: [] as const, ...(score !== null && { score }) },
  };
}

function tenth(value: number): number {
  return Math.round(10 * value) / 10;
}
