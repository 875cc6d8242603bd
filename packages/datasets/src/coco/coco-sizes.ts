import type { CocoColumns } from './coco-dataset.ts';
import { assertOptions, wrongArgument } from '@qualm/types';
import type { Size } from '@qualm/types';

/** The sizes that a COCO file says of its images, by id; without those of which it says none. */
export function cocoSizes(columns: Pick<CocoColumns, 'image_id' | 'width' | 'height'>): Map<string, Size> {
  assertOptions('cocoSizes', columns, 'the columns that readCoco gives');
  const { image_id, width, height } = columns;
  for (const name of ['image_id', 'width', 'height'] as const)
    if (columns[name] === undefined) throw wrongArgument('cocoSizes', name, undefined, 'a column');
  const sizes = new Map<string, Size>();
  for (let row = 0; row < image_id.length; row++) {
    const [w, h] = [width.at(row), height.at(row)];
    if (w != null && h != null) sizes.set(String(image_id.at(row)), { width: w, height: h });
  }
  return sizes;
}
