import { readCoco } from '@qualm/datasets';
import type { Box2d } from '@qualm/types';

/** What people drew in a picture. */
export interface TruePicture {
  readonly width: number;
  readonly height: number;
  readonly objects: readonly TrueObject[];
  /** Boxes of groups that nobody counted. */
  readonly crowds: readonly TrueObject[];
}

export interface TrueObject {
  readonly label: string;
  readonly box: Box2d<'pixels'>;
}

/** The pictures of a COCO file, by their ids. */
export async function truePictures(path: string): Promise<ReadonlyMap<number, TruePicture>> {
  const { columns, length } = await readCoco(path, { segmentations: 'drop' });
  const pictures = new Map<number, TruePicture>();
  for (let row = 0; row < length; row++) {
    const drawn = columns.annotations.at(row)!;
    const ofKind = (isCrowd: boolean): TrueObject[] =>
      drawn.flatMap(({ label, bbox, iscrowd }) =>
        label !== null && iscrowd === isCrowd ? [{ label, box: bbox }] : [],
      );
    pictures.set(columns.image_id.at(row) as number, {
      ...{ width: columns.width.at(row)!, height: columns.height.at(row)! },
      ...{ objects: ofKind(false), crowds: ofKind(true) },
    });
  }
  return pictures;
}
