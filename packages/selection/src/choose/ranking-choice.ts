import type { PredictionSetInfo } from '@qualm/datasets';
import type { Aggregation } from '@qualm/strategies';
import type { RankOrder, Strategy } from '@qualm/types';

/** What of a set of predictions decides how it is ranked. */
export type RankedSet = Pick<PredictionSetInfo, 'form' | 'labels' | 'scoreKind' | 'task' | 'minScore'>;

/** What boxes are ranked by, and images by their boxes. */
export interface RankingChoice {
  readonly strategy: Strategy;
  /** Whether somebody asked for it; else it follows the kind of the scores. */
  readonly isAsked: boolean;
  readonly aggregation: Aggregation;
  /** What is aggregated: the number of a box, or what is left of it where small numbers are least
   * sure and a sum needs large ones. */
  readonly ofBox: (value: number) => number;
  readonly boxOrder: RankOrder;
  /** What the images' number is called, and which of them come first. */
  readonly imageColumn: string;
  readonly imageOrder: RankOrder;
  /** 0..1: boxes that score below do not count; 0 for classifiers, whose every image has its row.
   */
  readonly minScore: number;
  /** 0..1: the same as it was asked for, of classifiers too. */
  readonly askedMinScore: number;
  readonly set: RankedSet;
  /** What boxes and images are ranked by, in words. */
  readonly boxWords: string;
  /** What an image's number is made of, in a word or two. */
  readonly imageShort: string;
  readonly imageWords: string;
}
