import { entropy, leastConfidence, leastSure, margin, perLabel, presence, ratio } from '@qualm/strategies';
import type { Detection, RankOrder, ScoredBox } from '@qualm/types';
import { chooseRanking, rankingBy } from '../choose-ranking.ts';
import type { AskedRanking, RankedFolder, RankingChoice } from '../choose-ranking.ts';
import { decidingBox } from '../deciding-box.ts';
import { UsageError } from '../exit-code.ts';
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
  /** Which of these boxes the image's number comes from; and what that box adds to it, where it is made of all, else null. */
  deciding(values: readonly number[]): { readonly place: number; readonly value: number | null };
  /** Of an image without a box. */
  ofNothing(other: readonly LayerBox[]): number;
  /** What an image's number is called, and which come first. */
  readonly imageName: string;
  readonly imageOrder: RankOrder;
}

/** What a report is ranked by, and what its page can be sorted by besides. */
export interface Measures {
  /** The measure that is asked for comes first. */
  readonly measures: readonly [Measure, ...Measure[]];
  /** Boxes that score below are left out. */
  readonly minScore: number;
  /** What boxes, or images, are ranked by, in words, and what the user should know of that. */
  readonly words: { readonly box: string; readonly image: string };
  readonly notes: readonly string[];
}

/** What is asked for, or what the kind of the scores needs.
 * @throws UsageError for a strategy that there is not, and `disagreement` without another model.
 */
export async function resolveMeasures(
  { strategy: asked, aggregate, minScore, predictions, hasOther }: AskedRanking & RankedFolder & { hasOther: boolean },
  cwd: string,
): Promise<Measures> {
  if (asked === disagreement.name && !hasOther)
    throw new UsageError('--strategy disagreement: needs another model; name its predictions with --against');
  const byDisagreement = asked === disagreement.name;
  const strategy = byDisagreement ? undefined : asked;
  const { choice, set } = await chooseRanking({ strategy, aggregate, minScore, predictions }, cwd);
  const others = (set.scoreKind === 'independent' ? ofIndependent : ofDistribution).filter(
    ({ name }) => name !== choice.strategy.name,
  );
  const best = strategyMeasure(choice);
  const rest = others.map((strategy) =>
    strategyMeasure(rankingBy(strategy, { aggregate, minScore, isAsked: true }, set)),
  );
  const measures: Measures['measures'] = byDisagreement
    ? [disagreement, best, ...rest]
    : [best, ...rest, ...(hasOther ? [disagreement] : [])];
  const words = byDisagreement
    ? { box: disagreementWords, image: disagreementWords }
    : { box: choice.boxWords, image: choice.imageWords };
  return { measures, minScore: choice.minScore, words, notes: byDisagreement ? [] : choice.notes };
}

const ofDistribution = [margin, entropy, leastConfidence];
const ofIndependent = [perLabel(entropy, { combine: 'sum' }), presence, ratio, leastConfidence];
const disagreementWords = 'disagreement (largest first): where do the models differ?';

function strategyMeasure({ strategy, aggregation, ofBox, boxOrder, imageColumn, imageOrder }: RankingChoice): Measure {
  const { name, order } = strategy;
  return {
    ...{ name, order, imageName: imageColumn, imageOrder },
    ofBox: (found) => strategy.score('scores' in found ? found.scores : [found.score]),
    ofImage: (values) =>
      values.some(Number.isNaN) ? NaN : aggregation.reduce(values.map(ofBox), 0, values.length, boxOrder),
    deciding: (values) => {
      const { place, isItsOwn } = decidingBox(values, [0, values.length], order, aggregation);
      return { place, value: isItsOwn ? null : ofBox(values[place]!) };
    },
    ofNothing: () => NaN,
  };
}

/** How little another model has of the same: of a box 1 less the overlap with the best one of its class, 0..1; of an image the things that
 * only one of them found, or that they call differently.
 */
const disagreement: Measure = {
  name: 'disagreement',
  order: 'descending',
  imageName: 'disagreement',
  imageOrder: 'descending',
  ofBox({ box }, label, other) {
    return 1 - Math.max(0, ...other.map((one) => (one.label === label ? one.box.iou(box) : 0)));
  },
  ofImage(_, boxes, other) {
    return countDifferences(boxes, other);
  },
  // A count of things, of which some are no box of ours.
  deciding: (values) => {
    const { place } = decidingBox(values, [0, values.length], 'descending', leastSure);
    return { place, value: values[place]! };
  },
  ofNothing: (other) => other.length,
};
