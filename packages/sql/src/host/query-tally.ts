import { counted } from '@qualm/types';
import type { SqlProgress } from '../sql-session.ts';

/** What is counted while a statement runs. */
export interface QueryTally {
  predicted(error: string | null): void;
  cached(images: number): void;
  expect(images: number): void;
  warn(message: string): void;
  progress(): SqlProgress;
  warnings(): readonly string[];
}

export function createQueryTally(onProgress: ((progress: SqlProgress) => void) | undefined): QueryTally {
  let [predicted, cached, failed] = [0, 0, 0];
  let total: number | null = null;
  const reasons = new Map<string, number>();
  const others = new Set<string>();
  const progress = (): SqlProgress => ({ predicted, cached, failed, total });
  return {
    progress,
    predicted(error) {
      if (error === null) predicted++;
      else {
        failed++;
        reasons.set(error, (reasons.get(error) ?? 0) + 1);
      }
      onProgress?.(progress());
    },
    cached(images) {
      cached = images;
    },
    warn(message) {
      others.add(message);
    },
    expect(images) {
      total = (total ?? 0) + images;
    },
    warnings: () => [...(failed === 0 ? [] : [failedImages(failed, reasons)]), ...others],
  };
}

function failedImages(failed: number, reasons: ReadonlyMap<string, number>): string {
  const shown = [...reasons]
    .slice(0, 5)
    .map(([reason, count]) => (count > 1 ? `${reason} (${counted(count, 'time')})` : reason));
  const more = reasons.size > 5 ? [`and ${counted(reasons.size - 5, 'other reason')}`] : [];
  const images = counted(failed, 'image failed and is NULL', 'images failed and are NULL');
  return `${images}: ${[...shown, ...more].join('; ')}`;
}
