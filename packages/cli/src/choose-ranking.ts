import { readPredictionInfo } from '@qualm/datasets';
import type { PredictionSetInfo } from '@qualm/datasets';
import { orient } from '@qualm/strategies';
import type { Aggregation } from '@qualm/strategies';
import type { RankOrder, Strategy } from '@qualm/types';
import { parseAggregate } from './aggregate-names.ts';
import { resolveAggregate } from './aggregates.ts';
import { needsDistribution, questionOf, strategyWords } from './doubts.ts';
import { resolveStrategy } from './strategies.ts';
import type { StrategyName } from './strategy-names.ts';

/** What was asked for on the command line; what was not follows the kind of the scores. */
export interface AskedRanking {
  readonly strategy?: string | undefined;
  readonly aggregate?: string | undefined;
}

/** What boxes are ranked by, and images by their boxes. */
export interface RankingChoice {
  readonly strategy: Strategy;
  /** As `--aggregate` says it. */
  readonly aggregate: string;
  readonly aggregation: Aggregation;
  /** What is aggregated: the number of a box, or what is left of it where small numbers are least sure and a sum needs large ones. */
  readonly ofBox: (value: number) => number;
  readonly boxOrder: RankOrder;
  /** The images' column, and which of its numbers come first. */
  readonly imageColumn: string;
  readonly imageOrder: RankOrder;
  /** Boxes that score below have no part in it; 0 for classifiers, whose every image has its row. */
  readonly minScore: number;
  /** Boxes that score below were left out when they were predicted. */
  readonly storedMinScore: number;
  /** What boxes and images are ranked by, in words. */
  readonly boxWords: string;
  /** What an image's number is made of, in a word or two. */
  readonly imageShort: string;
  readonly imageWords: string;
  /** What the user should know of the choice. */
  readonly notes: readonly string[];
}

/** Stored predictions, and from where on their boxes count. */
export interface RankedFolder {
  readonly predictions: string;
  /** Boxes whose best class scores below this are left out. */
  readonly minScore: number;
}

/** What of a set of predictions decides how it is ranked. */
export type RankedSet = Pick<PredictionSetInfo, 'form' | 'labels' | 'scoreKind' | 'task' | 'minScore'>;

/** How stored predictions are ranked: independent scores by the entropies of labels, a distribution by margin, and images by the sum over
 * their boxes, unless something else was asked for. `docs/strategies/which-strategy.md` has the evidence.
 * @throws UsageError for a strategy or an aggregate that there is not; QualmError when the predictions cannot be read.
 */
export async function chooseRanking(
  { strategy: name, aggregate, minScore, predictions }: AskedRanking & RankedFolder,
  cwd: string,
): Promise<{ readonly choice: RankingChoice; readonly set: RankedSet }> {
  const asked = name === undefined ? null : await resolveStrategy(name, cwd);
  const set = await readPredictionInfo(predictions);
  const strategy = asked ?? (await resolveStrategy(defaultStrategy(set), cwd));
  return { choice: rankingBy(strategy, { aggregate, minScore, isAsked: asked !== null }, set), set };
}

/** How a set is ranked by a strategy. */
export function rankingBy(
  strategy: Strategy,
  {
    aggregate: how,
    minScore,
    isAsked,
  }: { readonly aggregate: string | undefined; readonly minScore: number; readonly isAsked: boolean },
  set: RankedSet,
): RankingChoice {
  const aggregate = how ?? defaultAggregate(strategy, set);
  const turned = parseAggregate(aggregate).name === 'sum' && isTurnable(strategy) ? orient(strategy) : strategy;
  const aggregation = resolveAggregate(aggregate, turned);
  const { scoreKind = 'distribution', task } = set;
  const question = questionOf(strategy.name, scoreKind);
  const asks = question === null ? '' : `: ${question}`;
  const words = strategyWords(strategy.name);
  const summed = turned === strategy ? words : `1 - ${words}`;
  return {
    strategy,
    aggregate,
    aggregation,
    ofBox: turned === strategy ? (value) => value : (value) => pivotOf(strategy, set) - value,
    boxOrder: turned.order,
    imageColumn: turned.name,
    imageOrder: aggregation.orderOf?.(turned.order) ?? turned.order,
    minScore: task === 'classification' ? 0 : minScore,
    storedMinScore: set.minScore ?? 0,
    boxWords: `${words} (${endOf(strategy.order)} first)${asks}`,
    imageShort: summed,
    imageWords:
      task === 'classification' ? `${words}${asks}` : `${aggregateWords(aggregate)} of ${summed} over its boxes${asks}`,
    notes: [...notesOf(isAsked, strategy, set), ...droppedNotes(set, minScore)],
  };
}

function defaultStrategy({ scoreKind }: RankedSet): StrategyName {
  return scoreKind === 'independent' ? 'label-entropy' : 'margin';
}

function defaultAggregate(strategy: Strategy, { task }: RankedSet): string {
  if (task === 'classification') return 'least-sure';
  return strategy.order === 'descending' || isTurnable(strategy) ? 'sum' : 'least-sure';
}

function numScores({ form, labels }: RankedSet): number {
  return form === 'detections' ? 1 : labels.length;
}

/** Whether small numbers are least sure, and bounded, so that the rest of them can be summed. */
function isTurnable({ order, range }: Strategy): boolean {
  return order === 'ascending' && range !== undefined && range(2).every(Number.isFinite);
}

function pivotOf({ range }: Strategy, set: RankedSet): number {
  const [low, high] = range!(numScores(set));
  return low + high;
}

function* notesOf(isAsked: boolean, { name }: Strategy, set: RankedSet): Generator<string> {
  const { form, labels, scoreKind } = set;
  if (scoreKind === undefined && !isAsked) {
    yield (
      'these predictions do not say whether their scores are one distribution or independent, so margin ranks them; ' +
      'predict again, or choose a --strategy'
    );
  }
  if (labels.length === 1) return;
  if (form === 'detections') {
    yield (
      `these predictions keep one score of each box, s: ${strategyWords(name)} is that of [s, 1 - s], and may rank ` +
      'otherwise than with the scores of all classes (predict --form class_scores)'
    );
  } else if (scoreKind === 'independent' && needsDistribution(name)) {
    yield name === 'margin'
      ? 'the scores are independent, so margin is nearly the best score itself and the faintest boxes come first; ' +
        'label-entropy, presence and ratio ask what it does not'
      : `the scores are independent, and ${strategyWords(name)} takes them for one distribution, in which a faint box ` +
        'looks like a sure one; label-entropy does not';
  }
}

function droppedNotes({ task, minScore: dropped = 0 }: RankedSet, minScore: number): string[] {
  if (task === 'classification' || dropped <= minScore) return [];
  return [
    `boxes below ${dropped} were left out when these were predicted (predict --min-score), and with them what is least sure`,
  ];
}

function aggregateWords(text: string): string {
  const { name, argument } = parseAggregate(text);
  if (name === 'top-mean') return `the mean of the ${argument} least sure`;
  if (name === 'quantile') return `the quantile ${argument}`;
  return name === 'least-sure' ? 'the least sure' : `the ${name}`;
}

function endOf(order: RankOrder): string {
  return order === 'ascending' ? 'smallest' : 'largest';
}
