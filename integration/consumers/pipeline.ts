import * as aq from 'arquero';
import { explode, rank, score } from '@qualm/pipeline';
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
const ranked = rank(scored, { by: 'margin', order: 'ascending' });
console.log(ranked.numRows(), Array.from(ranked.array('image_id')).join(), Array.from(ranked.array('margin')).join());
