import type { PredictionSetInfo } from '@qualm/datasets';
import type { ImageMeasure } from '@qualm/strategies';

/** What of a set of predictions decides how it is ranked. */
export type RankedSet = Pick<PredictionSetInfo, 'form' | 'labels' | 'scoreKind' | 'task' | 'minScore'>;

/** What boxes are ranked by, and images by their boxes. */
export interface RankingChoice extends ImageMeasure {
  /** Whether somebody asked for it; else it follows the kind of the scores. */
  readonly isAsked: boolean;
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
