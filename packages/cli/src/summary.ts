import { boxWords } from './box-words.ts';
import type { DecidedRow } from './box-words.ts';
import type { RankingChoice } from './choose-ranking.ts';
import { imageName } from './image-name.ts';
import { printable } from './printable.ts';
import type { Ranking } from './rank-predictions.ts';
import { rankingNotes } from './ranking-notes.ts';
import { failureLines } from './tally.ts';
import type { RunCounts } from './predict-images.ts';

interface ImageRow extends DecidedRow {
  readonly rank: number;
  readonly image_id: string | number;
  readonly image: string | null;
  readonly error: string | null;
}

/** What the terminal shows at the end of a run: counts, the ten images that come first, and what failed. */
export function summarize(ranking: Ranking, run?: RunCounts): string[] {
  const { counts, images, choice, failures } = ranking;
  const { imageColumn, imageOrder, imageWords } = choice;
  const speed =
    run && run.done > 0 ? ` in ${run.seconds.toFixed(1)} s (${(run.done / run.seconds).toFixed(1)} a second)` : '';
  const end = imageOrder === 'ascending' ? 'smallest' : 'largest';
  return [
    `${counts.images} images${speed}, ${counts.failed} failed, ${counts.boxes} boxes`,
    '',
    ...rankingNotes(ranking),
    `ranked by ${imageWords}`,
    `least sure first (${end} ${imageColumn}):`,
    ...(images.objects({ limit: 10 }) as ImageRow[]).map(
      (row) =>
        `${String(row.rank).padStart(4)}  ${formatValue(row[imageColumn as keyof ImageRow])}  ${printable(imageName(row.image, row.image_id))}  (${foundWords(row, choice)})`,
    ),
    ...failureLines({ failed: counts.failed, failures }),
  ];
}

/** How many boxes an image has, and which of them its number comes from. */
function foundWords(row: ImageRow, choice: RankingChoice): string {
  if (row.error !== null) return 'failed';
  const count = row.boxes === 0 ? [] : [row.boxes === 1 ? '1 box' : `${row.boxes} boxes`];
  return [...count, printable(boxWords(row, choice))].join('; ');
}

function formatValue(value: unknown): string {
  return typeof value === 'number' && Number.isFinite(value) ? value.toFixed(4) : '     –';
}
