import { boxWords, imageName, rankingNotes } from '@qualm/selection';
import type { RankedImage, Ranking, RankingChoice } from '@qualm/selection';
import { printable } from '@qualm/types';
import { optionNames } from '../../options/ranking-options.ts';
import { failureLines } from '../../predict/tally.ts';
import type { RunCounts } from '../../predict/predict-images.ts';

/** What the terminal shows at the end of a run: counts, the ten images that come first, and what
 * failed.
 */
export function summarize(ranking: Ranking, run?: RunCounts): string[] {
  const { counts, images, choice, failures } = ranking;
  const { imageColumn, imageOrder, imageWords } = choice;
  const speed =
    run && run.done > 0 ? ` in ${run.seconds.toFixed(1)} s (${(run.done / run.seconds).toFixed(1)} a second)` : '';
  const end = imageOrder === 'ascending' ? 'smallest' : 'largest';
  return [
    `${counts.images} images${speed}, ${counts.failed} failed, ${counts.boxes} boxes`,
    '',
    ...rankingNotes(ranking, optionNames),
    `ranked by ${imageWords}`,
    `least sure first (${end} ${imageColumn}):`,
    ...Array.from(images.slice(0, 10)).map(
      (row) =>
        `${String(row.rank).padStart(4)}  ${formatValue(row.value)}  ${printable(imageName(row.image, row.image_id))}  (${foundWords(row, choice)})`,
    ),
    ...failureLines({ failed: counts.failed, failures }),
  ];
}

/** How many boxes an image has, and which of them its number comes from. */
function foundWords(row: RankedImage, choice: RankingChoice): string {
  if (row.error !== null) return 'failed';
  const count = row.boxes === 0 ? [] : [row.boxes === 1 ? '1 box' : `${row.boxes} boxes`];
  return [...count, printable(boxWords(row, choice))].join('; ');
}

function formatValue(value: unknown): string {
  return typeof value === 'number' && Number.isFinite(value) ? value.toFixed(4) : '     –';
}
