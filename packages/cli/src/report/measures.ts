import { binary, entropy, leastConfidence, leastSure, margin } from '@qualm/strategies';
import type { Detection, RankOrder, ScoredBox, Strategy } from '@qualm/types';
import { resolveAggregate } from '../aggregates.ts';
import { decidingBox } from '../deciding-box.ts';
import type { DecidingBox } from '../deciding-box.ts';
import { UsageError } from '../exit-code.ts';
import { resolveStrategy } from '../strategies.ts';
import { countDifferences } from './count-differences.ts';
import type { LayerBox, SeenBox } from './seen-cell.ts';

/** What cells can be ranked by. */
export interface Measure {
  readonly name: string;
  readonly order: RankOrder;
  /** @param other what the other model found in the image; empty without one */
  ofBox(found: Detection | ScoredBox, label: string | null, other: readonly LayerBox[]): number;
  /** Of an image, from the numbers of its boxes, one at least. */
  ofImage(values: readonly number[], boxes: readonly SeenBox[], other: readonly LayerBox[]): number;
  /** Which of these boxes the image's number comes from. */
  deciding(values: readonly number[]): DecidingBox;
  /** Of an image without a box. */
  ofNothing(other: readonly LayerBox[]): number;
  /** What comes first, among images. */
  readonly imageOrder: RankOrder;
}

/** The measure that is asked for, and after it those that a page can be sorted by besides.
 * @throws UsageError for a strategy that is none, and `disagreement` without another model.
 */
export async function resolveMeasures(
  { strategy: asked, aggregate, hasOther }: { strategy: string; aggregate: string; hasOther: boolean },
  cwd: string,
): Promise<readonly [Measure, ...Measure[]]> {
  if (asked === disagreement.name && !hasOther)
    throw new UsageError('--strategy disagreement: wants another model; name its predictions with --against');
  const byDisagreement = asked === disagreement.name;
  const first = byDisagreement ? margin : await resolveStrategy(asked, cwd);
  const named = [first, ...[margin, entropy, leastConfidence].filter(({ name }) => name !== first.name)];
  const [best, ...rest] = named.map((strategy) => strategyMeasure(strategy, aggregate)) as [Measure, ...Measure[]];
  if (!hasOther) return [best, ...rest];
  return byDisagreement ? [disagreement, best, ...rest] : [best, ...rest, disagreement];
}

function strategyMeasure(strategy: Strategy, aggregate: string): Measure {
  const { name, order } = strategy;
  const how = resolveAggregate(aggregate, strategy);
  const lone = binary(strategy);
  return {
    name,
    order,
    imageOrder: how.orderOf?.(order) ?? order,
    ofBox: (found) => ('scores' in found ? strategy.score(found.scores) : lone.score([found.score])),
    ofImage: (values) => (values.some(Number.isNaN) ? NaN : how.reduce(values, 0, values.length, order)),
    deciding: (values) => decidingBox(values, [0, values.length], order, how),
    ofNothing: () => NaN,
  };
}

/** How little another model has of the same: of a box 1 less the overlap with the best one of its class, 0..1; of an image the things that
 * only one of them found, or that they call differently.
 */
const disagreement: Measure = {
  name: 'disagreement',
  order: 'descending',
  imageOrder: 'descending',
  ofBox({ box }, label, other) {
    return 1 - Math.max(0, ...other.map((one) => (one.label === label ? one.box.iou(box) : 0)));
  },
  ofImage(_, boxes, other) {
    return countDifferences(boxes, other);
  },
  // A count of things, of which some are no box of ours.
  deciding: (values) => ({ ...decidingBox(values, [0, values.length], 'descending', leastSure), isItsOwn: false }),
  ofNothing: (other) => other.length,
};
