import type { Strategy } from '@qualm/types';
import { imageName } from './image-name.ts';
import { printable } from './printable.ts';
import type { Ranking } from './rank-predictions.ts';
import { failureLines } from './tally.ts';
import type { RunCounts } from './predict-images.ts';

interface ImageRow {
  readonly rank: number;
  readonly image_id: string | number;
  readonly image: string | null;
  readonly boxes: number;
  readonly [strategy: string]: unknown;
}

/** What the terminal shows at the end of a run: counts, the ten images that come first, and what failed. */
export function summarize(
  { counts, images, aggregate, failures }: Ranking,
  strategy: Strategy,
  run?: RunCounts,
): string[] {
  const speed =
    run && run.done > 0 ? ` in ${run.seconds.toFixed(1)} s (${(run.done / run.seconds).toFixed(1)} a second)` : '';
  const end = aggregate.order === 'ascending' ? 'smallest' : 'largest';
  return [
    `${counts.images} images${speed}, ${counts.failed} failed, ${counts.boxes} boxes`,
    '',
    `least sure first (${end} ${strategy.name}):`,
    ...(images.objects({ limit: 10 }) as ImageRow[]).map(
      (row) =>
        `${String(row.rank).padStart(4)}  ${formatValue(row[strategy.name])}  ${printable(imageName(row.image, row.image_id))}  (${row.boxes} boxes)`,
    ),
    ...failureLines({ failed: counts.failed, failures }),
  ];
}

function formatValue(value: unknown): string {
  return typeof value === 'number' && Number.isFinite(value) ? value.toFixed(4) : '     –';
}
