import { entropy, leastSure, margin, orient, perLabel, sum } from '@qualm/strategies';
import type { Aggregation } from '@qualm/strategies';
import { QualmError, assertOptions, wrongArgument } from '@qualm/types';
import type { RankOrder, Strategy } from '@qualm/types';
import { assertAsked } from '../assert-arguments.ts';
import type { RankedSet, RankingChoice } from './ranking-choice.ts';
import { questionOf, strategyWords } from './strategy-words.ts';

/** What a ranking is asked; what is absent follows the kind of the scores. */
export interface AskedRanking {
  readonly strategy?: Strategy | undefined;
  /** How the number of an image comes from those of its boxes. */
  readonly aggregate?: Aggregation | undefined;
  /** 0..1: boxes whose best class scores below this do not count. Default `defaultMinScore`. */
  readonly minScore?: number | undefined;
}

/** Boxes whose best class scores below this do not count, unless the caller chooses otherwise. */
export const defaultMinScore = 0.2;

/** How stored predictions are ranked: independent scores by the entropies of labels, a distribution
 * by margin, and images by the sum over their boxes, unless the caller chooses otherwise.
 * `docs/strategies/which-strategy.md` has the evidence.
 * @throws QualmError `options-invalid` for an aggregation that means nothing for the strategy.
 * @example chooseRanking(await readPredictionInfo('predictions'), {}).imageWords // 'the sum of ...'
 */
export function chooseRanking(set: RankedSet, asked: AskedRanking = {}): RankingChoice {
  assertOptions('chooseRanking', set, 'what readPredictionInfo gives', 'its set');
  assertLabels('chooseRanking', set);
  assertAsked('chooseRanking', asked);
  const { aggregate, minScore = defaultMinScore } = asked;
  const strategy = asked.strategy ?? defaultStrategy(set);
  const aggregation = aggregate ?? defaultAggregation(strategy, set);
  const turned = aggregation.name === sum.name && isTurnable(strategy) ? orient(strategy) : strategy;
  const imageOrder = orderOfImages(aggregation, turned);
  const { scoreKind = 'distribution', task } = set;
  const question = questionOf(strategy.name, scoreKind);
  const asks = question === null ? '' : `: ${question}`;
  const words = strategyWords(strategy.name);
  const summed = turned === strategy ? words : `1 - ${words}`;
  return {
    ...{ strategy, aggregation, set, imageOrder },
    isAsked: asked.strategy !== undefined,
    askedMinScore: minScore,
    ofBox: turned === strategy ? (value) => value : (value) => pivotOf(strategy, set) - value,
    boxOrder: turned.order,
    imageColumn: turned.name,
    minScore: task === 'classification' ? 0 : minScore,
    boxWords: `${words} (${endOf(strategy.order)} first)${asks}`,
    imageShort: summed,
    imageWords:
      task === 'classification'
        ? `${words}${asks}`
        : `${aggregationWords(aggregation)} of ${summed} over its boxes${asks}`,
  };
}

function assertLabels(where: string, { labels }: RankedSet): void {
  if (!Array.isArray(labels)) throw wrongArgument(where, 'labels of its set', labels, 'an array of labels');
}

function defaultStrategy({ scoreKind }: RankedSet): Strategy {
  return scoreKind === 'independent' ? perLabel(entropy, { combine: 'sum' }) : margin;
}

function defaultAggregation(strategy: Strategy, { task }: RankedSet): Aggregation {
  if (task === 'classification') return leastSure;
  return strategy.order === 'descending' || isTurnable(strategy) ? sum : leastSure;
}

function orderOfImages({ name, orderOf }: Aggregation, strategy: Strategy): RankOrder {
  if (name === sum.name && strategy.order === 'ascending') {
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

function pivotOf({ range }: Strategy, { form, labels }: RankedSet): number {
  const [low, high] = range!(form === 'detections' ? 1 : labels.length);
  return low + high;
}

function aggregationWords({ name }: Aggregation): string {
  const mean = /^top(\d+)Mean$/.exec(name);
  if (mean) return `the mean of the ${mean[1]} least sure`;
  const quantile = /^quantile(.+)$/.exec(name);
  if (quantile) return `the quantile ${quantile[1]}`;
  return `the ${Object.hasOwn(shortNames, name) ? shortNames[name] : name}`;
}

const shortNames: Readonly<Record<string, string>> = { leastSure: 'least sure', maximum: 'max', minimum: 'min' };

function endOf(order: RankOrder): string {
  return order === 'ascending' ? 'smallest' : 'largest';
}
