import { assertOptions, QualmError } from '@qualm/types';
import type { OutputForm, RankOrder, RowMeaning, Strategy } from '@qualm/types';
import { pivotOf } from '../selection/turn-range.ts';
import { orient } from '../selection/orient.ts';
import { entropy } from '../uncertainty/entropy.ts';
import { margin } from '../uncertainty/margin.ts';
import { perLabel } from '../uncertainty/per-label.ts';
import type { Aggregation } from './aggregation.ts';
import { leastSure } from './extremes.ts';
import { sumOfBoxes } from './sums.ts';

/** Boxes whose best class scores below this do not count in the number of an image, unless the
 * caller chooses otherwise.
 */
export const defaultMinScore = 0.2;

/** What images are measured by; what is absent follows the kind of the scores. */
export interface ImageMeasureOptions extends Partial<Pick<RowMeaning, 'scoreKind' | 'task'>> {
  readonly strategy?: Strategy | undefined;
  /** How the number of an image comes from those of its boxes. */
  readonly aggregation?: Aggregation | undefined;
  /** What is kept of each box. */
  readonly form: OutputForm;
  /** Classes of the model. */
  readonly numClasses: number;
}

/** How an image gets a number from its boxes. */
export interface ImageMeasure {
  readonly strategy: Strategy;
  readonly aggregation: Aggregation;
  /** What is aggregated: the number of a box, or what is left of it where small numbers are least
   * sure and a sum needs large ones. */
  readonly ofBox: (value: number) => number;
  readonly boxOrder: RankOrder;
  /** What the images' number is called, and which of them come first. */
  readonly imageColumn: string;
  readonly imageOrder: RankOrder;
}

/** How images are ranked by their boxes: independent scores by the entropies of labels, a
 * distribution by margin, and images by the sum over their boxes, unless the caller chooses
 * otherwise.
 * @throws QualmError `options-invalid` for an aggregation that means nothing for the strategy.
 * @example imageMeasure({ form: 'class_scores', numClasses: 3 }).imageColumn // 'marginUncertainty'
 */
export function imageMeasure(options: ImageMeasureOptions): ImageMeasure {
  assertOptions('imageMeasure', options, "{ form: 'class_scores', numClasses: 3 }");
  const strategy = options.strategy ?? defaultStrategy(options);
  const aggregation = options.aggregation ?? defaultAggregation(strategy, options);
  const turned = aggregation.name === sumOfBoxes.name && isTurnable(strategy) ? orient(strategy) : strategy;
  const { range } = strategy;
  const pivot = turned === strategy ? 0 : pivotOf(range!(options.form === 'detections' ? 1 : options.numClasses));
  return {
    ...{ strategy, aggregation },
    ofBox: turned === strategy ? (value) => value : (value) => pivot - value,
    boxOrder: turned.order,
    imageColumn: turned.name,
    imageOrder: orderOfImages(aggregation, turned),
  };
}

function defaultStrategy({ scoreKind }: ImageMeasureOptions): Strategy {
  return scoreKind === 'independent' ? perLabel(entropy, { combine: 'sum' }) : margin;
}

function defaultAggregation(strategy: Strategy, { task }: ImageMeasureOptions): Aggregation {
  if (task === 'classification') return leastSure;
  return strategy.order === 'descending' || isTurnable(strategy) ? sumOfBoxes : leastSure;
}

function orderOfImages({ name, orderOf }: Aggregation, strategy: Strategy): RankOrder {
  if (name === sumOfBoxes.name && strategy.order === 'ascending') {
    throw new QualmError(
      'options-invalid',
      `aggregate ${name}: small numbers of ${strategy.name} are least sure, so every further box would make an ` +
        'image look surer; choose a strategy whose large numbers are least sure, such as entropy',
    );
  }
  return orderOf?.(strategy.order) ?? strategy.order;
}

/** Whether small numbers are least sure, and bounded, so that the rest of them can be summed. */
function isTurnable({ order, range }: Strategy): boolean {
  return order === 'ascending' && range !== undefined && range(2).every(Number.isFinite);
}
