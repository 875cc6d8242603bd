import { defaultMinScore, imageMeasure } from '@qualm/strategies';
import type { Aggregation } from '@qualm/strategies';
import { assertOptions, strategyWords, wrongArgument } from '@qualm/types';
import type { RankOrder, Strategy } from '@qualm/types';
import { assertAsked } from '../assert-arguments.ts';
import type { RankedSet, RankingChoice } from './ranking-choice.ts';
import { questionOf } from './strategy-questions.ts';

/** What a ranking is asked; what is absent follows the kind of the scores. */
export interface AskedRanking {
  readonly strategy?: Strategy | undefined;
  /** How the number of an image comes from those of its boxes. */
  readonly aggregate?: Aggregation | undefined;
  /** 0..1: boxes whose best class scores below this do not count. Default `defaultMinScore`. */
  readonly minScore?: number | undefined;
}

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
  const { minScore = defaultMinScore } = asked;
  const { scoreKind = 'distribution', task, form, labels } = set;
  const measure = imageMeasure({
    ...{ strategy: asked.strategy, aggregation: asked.aggregate, form, numClasses: labels.length },
    ...(set.scoreKind && { scoreKind }),
    ...(task && { task }),
  });
  const { strategy, aggregation } = measure;
  const question = questionOf(strategy.name, scoreKind);
  const asks = question === null ? '' : `: ${question}`;
  const words = strategyWords(strategy.name);
  const summed = measure.imageColumn === strategy.name ? words : `1 - ${words}`;
  return {
    ...{ ...measure, set },
    isAsked: asked.strategy !== undefined,
    askedMinScore: minScore,
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
