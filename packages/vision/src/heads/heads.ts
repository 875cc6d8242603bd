import type { HeadDefinition } from '@qualm/types';
import { centernet } from './centernet.ts';
import { classifier } from './classifier.ts';
import { detr } from './detr.ts';
import { embedding } from './embedding.ts';
import { endToEnd } from './end-to-end.ts';
import { fasterRcnn } from './faster-rcnn.ts';
import { fastestdet } from './fastestdet.ts';
import { fastestv2 } from './fastestv2.ts';
import { nanodet } from './nanodet.ts';
import { ssd } from './ssd.ts';
import { twoOutputs } from './two-outputs.ts';
import { yolov5 } from './yolov5.ts';
import { yolov8 } from './yolov8.ts';
import { yolox } from './yolox.ts';

/** What each head is called. */
type HeadName =
  | 'ssd'
  | 'yolox'
  | 'yolov8'
  | 'yolov5'
  | 'nanodet'
  | 'fastestdet'
  | 'fastestv2'
  | 'centernet'
  | 'detr'
  | 'two-outputs'
  | 'faster-rcnn'
  | 'end-to-end'
  | 'classifier'
  | 'embedding';

/** The heads of this package, which a spec names by their `type`. @example loadModel(model, { heads: { ...heads, mine }, ... }) */
export const heads: Readonly<Record<HeadName, HeadDefinition>> = {
  ssd,
  yolox,
  yolov8,
  yolov5,
  nanodet,
  fastestdet,
  fastestv2,
  centernet,
  detr,
  'two-outputs': twoOutputs,
  'faster-rcnn': fasterRcnn,
  'end-to-end': endToEnd,
  classifier,
  embedding,
};
