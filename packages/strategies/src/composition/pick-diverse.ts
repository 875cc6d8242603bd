import { shortNumber } from '@qualm/types';
import { distanceOf } from '../diversity/distance-of.ts';
import { pickGreedily } from '../diversity/pick-greedily.ts';
import { pointsWithout } from '../diversity/point-order.ts';
import { createPoints } from '../diversity/points.ts';
import { candidateRows, ofRows, type DiverseChoice, type DiverseRows } from './diverse-rows.ts';
import type { Limits } from './limits.ts';
import type { PassedRow, Step } from './pick-in-order.ts';

/** Takes, each time, the row farthest from the nearest labelled or taken one that meets no
 * obstacle, of equals the first by rank, until the limits are reached.
 * @throws RangeError when there is not one vector for each row.
 */
export function pickDiverse(where: string, choice: DiverseChoice, of: DiverseRows, limits: Limits): Step[] {
  const { embeddings, metric = 'cosine' } = choice;
  const { labelled, count = of.numRows } = of;
  const ranked = candidateRows(where, choice, of);
  if (limits.areReached() || ranked.length === 0) return [];
  const rows = [...ranked, ...Array.from(labelled)];
  const points = createPoints(where, ofRows(embeddings, rows), { metric }, { numCentres: rows.length });
  const centres = points.pointOf.slice(ranked.length).filter((point) => point >= 0);
  const steps: Step[] = [];
  let passed: PassedRow[] = [];
  const accepts = (point: number, squared: number): boolean => {
    const row = rows[points.rowOf[point]!]!;
    const obstacle = limits.obstacleOf(row);
    if (obstacle) passed.push({ row, obstacle });
    if (obstacle || limits.areReached()) return false;
    limits.take(row);
    const distance = distanceOf(squared, metric);
    steps.push({ row, passed, distance, turn: turnOf(distance) });
    passed = [];
    return true;
  };
  pickGreedily(points, {
    count,
    centres: Uint32Array.from(centres),
    candidates: pointsWithout(points.numPoints, Uint32Array.from(centres)),
    valueOf: (_, squared) => squared,
    accepts,
  });
  return steps;
}

function turnOf(distance: number): string {
  if (distance === Infinity) return 'the first, with no row before it to be far from';
  return `${shortNumber(distance)} from the nearest labelled or picked row`;
}
