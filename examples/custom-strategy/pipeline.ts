/** Ranks the boxes of stored predictions by `tail`: npm run pipeline -- <folder that qualm predict
 * wrote>
 */
import { readPredictions } from '@qualm/datasets';
import * as aq from 'arquero';
import { explode, rank } from '@qualm/tables';
import { tail } from './tail.ts';

const { columns, labels } = await readPredictions(process.argv[2] ?? 'predictions');
const images = aq.table({ image_id: columns.image_id, detections: columns.detections });
const boxes = rank(explode(images, 'detections', { labels }), { by: tail, limit: 5 });
for (const { rank: place, image_id, labels: names, tail: value } of boxes.objects() as Row[]) {
  console.log(place, image_id, names.slice(0, 3).join(' or '), value.toFixed(4));
}

interface Row {
  readonly rank: number;
  readonly image_id: string;
  readonly labels: readonly string[];
  readonly tail: number;
}
