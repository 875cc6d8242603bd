import * as aq from 'arquero';
import { conform, explode, rank, score } from '@qualm/tables';
import { ClassScores, ClassScoresColumn } from '@qualm/types';

const box = [0, 0, 2, 2];
const detections = ClassScoresColumn.from([
  new ClassScores(
    Float32Array.of(...box, ...box),
    Float32Array.of(0.75, 0.25, 0.5, 0.375),
    Int32Array.of(1, 2, 1, 2),
    2,
  ),
  new ClassScores(Float32Array.of(...box), Float32Array.of(0.5, 0.25), Int32Array.of(2, 1), 2),
]);
const boxes = explode(aq.table({ image_id: ['a', 'b'], detections }), 'detections');
const scored = score(boxes, (p) => p[0]! - p[1]!, { as: 'margin' });
const ranked = conform(rank(scored, { by: 'margin', order: 'ascending' }), { image_id: 'id', margin: 'number' });
console.log(ranked.numRows(), [...ranked.column('image_id')].join(), [...ranked.column('margin')].join());
