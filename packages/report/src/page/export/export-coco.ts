import type { ReportData } from '../../report-data.ts';
import type { KnownBox } from '../cells/box-at.ts';
import { ownBoxes } from '../cells/own-boxes.ts';
import { cocoBox, createCocoImages } from './coco-images.ts';

/** The images of cells with what the model found in them, in COCO's form: of cells that are boxes
 * these boxes alone. Categories are the classes of the report, counted from 1: their names tell
 * them apart. Edges are to a tenth of a pixel; boxes without a class are left out.
 * @see https://cocodataset.org/#format-data
 */
export function cellsAsCoco(data: ReportData, indices: readonly number[]): string {
  const { title, labels } = data;
  const images = createCocoImages(data);
  const annotations: (ReturnType<typeof found> & { readonly id: number; readonly image_id: number })[] = [];
  for (const index of indices) {
    const image = images.of(index);
    for (const box of ownBoxes(data, index))
      if (box.label >= 0) annotations.push({ id: annotations.length + 1, image_id: image.id, ...found(box) });
  }
  const categories = labels.map((name, place) => ({ id: place + 1, name }));
  const coco = { info: { description: title }, images: images.all(), annotations, categories };
  return `${JSON.stringify(coco)}\n`;
}

function found({ label, score, xmin, ymin, xmax, ymax }: KnownBox) {
  return {
    ...{ category_id: label + 1, ...cocoBox([xmin, ymin, xmax, ymax]) },
    // Some labelling tools want a segmentation, and of a box an empty one.
    ...{ iscrowd: 0, segmentation: [] as const, ...(score !== null && { score }) },
  };
}
