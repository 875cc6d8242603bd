import type { Ranking } from './rank-predictions.ts';

/** What the user should know of a ranking: how it was chosen, what a threshold left out, and what has no number. */
export function rankingNotes({ choice, counts, empty, warnings }: Ranking): string[] {
  const { withoutBoxes, belowMinScore, notANumber } = counts;
  const { minScore, notes, strategy } = choice;
  const threshold = Math.max(minScore, choice.storedMinScore);
  const where = typeof empty === 'number' ? `count as ${empty}` : `come ${empty}`;
  const dropped = belowMinScore > 0 ? `${belowMinScore} boxes below ${minScore} (--min-score) have no part in it` : '';
  const empties =
    withoutBoxes > 0 ? `${withoutBoxes} images have no box of ${threshold} or more and ${where} (--empty)` : '';
  return [
    ...warnings.map((warning) => `warning: ${warning}`),
    ...notes,
    ...[dropped, empties].filter((text) => text !== ''),
    ...(notANumber > 0 ? [`${strategy.name} is NaN for ${notANumber} boxes, which come last with their images`] : []),
  ];
}
