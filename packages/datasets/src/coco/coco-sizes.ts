import type { CocoColumns } from './coco-dataset.ts';
import type { Size } from '@qualm/types';

/** The sizes that a COCO file says of its images, by id; without those of which it says none. */
export function cocoSizes({ image_id, width, height }: CocoColumns): Map<string, Size> {
  const sizes = new Map<string, Size>();
  for (let row = 0; row < image_id.length; row++) {
    const [w, h] = [width.at(row), height.at(row)];
    if (w != null && h != null) sizes.set(String(image_id.at(row)), { width: w, height: h });
  }
  return sizes;
}
