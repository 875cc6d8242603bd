import { QualmError } from '@qualm/types';
import type { HeadSpec, Size } from '@qualm/types';
import type { AnchorReader } from './anchor-reader.ts';
import { createCenternetReader } from './centernet.ts';
import { createFastestdetReader } from './fastestdet.ts';
import { createNanodetReader } from './nanodet.ts';
import { createSsdReader } from './ssd.ts';
import { createYolov8Reader } from './yolov8.ts';
import { createYoloxReader } from './yolox.ts';

const types = 'classifier, ssd, yolox, yolov8, nanodet, fastestdet or centernet';

/** The reader of a detector's raw outputs, by the head's type. */
export function createAnchorReader(
  head: Exclude<HeadSpec, { type: 'classifier' }>,
  numLabels: number,
  size: Size,
): AnchorReader {
  switch (head.type) {
    case 'ssd':
      return createSsdReader(head, numLabels, size);
    case 'yolox':
      return createYoloxReader(head, numLabels, size);
    case 'yolov8':
      return createYolov8Reader(head, numLabels);
    case 'nanodet':
      return createNanodetReader(head, numLabels, size);
    case 'fastestdet':
      return createFastestdetReader(head, numLabels, size);
    case 'centernet':
      return createCenternetReader(head, numLabels, size);
    default:
      throw new QualmError('spec-invalid', `head: type is ${String((head as HeadSpec).type)}; wanted ${types}`);
  }
}
