import type { Ranking } from './rank-predictions.ts';

/** What the user should know of a ranking: how it was chosen, what a threshold left out, and what has no number. */
export function rankingNotes({ choice, counts, empty, warnings }: Ranking): string[] {
  const { withoutBoxes, belowMinScore, notANumber } = counts;
  const { minScore, storedMinScore, notes, strategy } = choice;
  const where = typeof empty === 'number' ? `count as ${empty}` : `come ${empty}`;
  return [
    ...warnings.map((warning) => `warning: ${warning}`),
    ...notes,
    ...thresholdNotes({
      belowMinScore,
      withoutBoxes,
      threshold: Math.max(minScore, storedMinScore),
      where: `${where} (--empty)`,
    }),
    ...(notANumber > 0 ? [`${strategy.name} is NaN for ${notANumber} boxes, which come last with their images`] : []),
  ];
}

/** Boxes that a threshold left out, and images that are left without one. */
export interface ThresholdCounts {
  readonly belowMinScore: number;
  readonly withoutBoxes: number;
}

/** What a threshold left out, in words. */
export function thresholdNotes({
  belowMinScore,
  withoutBoxes,
  threshold,
  where,
}: ThresholdCounts & { readonly threshold: number; readonly where: string }): string[] {
  return [
    ...(belowMinScore > 0 ? [`${belowMinScore} boxes below ${threshold} (--min-score) have no part in it`] : []),
    ...(withoutBoxes > 0 ? [`${withoutBoxes} images have no box of ${threshold} or more and ${where}`] : []),
  ];
}
