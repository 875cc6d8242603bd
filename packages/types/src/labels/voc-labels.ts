import type { Label } from '../label.ts';

const names =
  'aeroplane bicycle bird boat bottle bus car cat chair cow diningtable dog horse motorbike person pottedplant sheep sofa ' +
  'train tvmonitor';

/** The 20 classes of PASCAL VOC, numbered from 0.
 * @see http://host.robots.ox.ac.uk/pascal/VOC/voc2012/
 */
export const vocLabels: readonly Label[] = names.split(' ').map((name, id) => ({ id, name }));
