import type { HeadDefinition } from '@qualm/types';
import { centernet } from './centernet.ts';
import { classifier } from './classifier.ts';
import { fastestdet } from './fastestdet.ts';
import { nanodet } from './nanodet.ts';
import { ssd } from './ssd.ts';
import { yolov8 } from './yolov8.ts';
import { yolox } from './yolox.ts';

/** What each head is called. */
type HeadName = 'ssd' | 'yolox' | 'yolov8' | 'nanodet' | 'fastestdet' | 'centernet' | 'classifier';

/** The heads of this package, which a spec names by their `type`. @example loadModel(model, { heads: { ...heads, mine }, ... }) */
export const heads: Readonly<Record<HeadName, HeadDefinition>> = {
  ssd,
  yolox,
  yolov8,
  nanodet,
  fastestdet,
  centernet,
  classifier,
};
