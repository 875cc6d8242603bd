import { readPredictionOrigin } from '@qualm/datasets';
import type { PredictionOrigin } from '@qualm/datasets';
import type { ReportFacts } from '@qualm/report';
import type { PredictionSource } from '../scan/prediction-source.ts';
import type { ScanCounts } from '../scan/scan-predictions.ts';
import type { CellKind, GatheredCells } from './report-cells.ts';

/** Whose predictions a page shows, and of which day their file is: the same predictions are the
 * same bytes whenever they were made, so that no date is in them.
 */
export type PageOrigin = Pick<ReportFacts, 'model' | 'against' | 'written'>;

export async function pageOrigin(source: PredictionSource, against: PredictionSource | undefined): Promise<PageOrigin> {
  const [own, other] = [await originOf(source), against === undefined ? null : await originOf(against)];
  return {
    ...(own?.model != null && { model: own.model }),
    ...(other?.model != null && { against: other.model }),
    ...(own && { written: own.written.toISOString().slice(0, 10) }),
  };
}

/** Of predictions in memory nobody knows. */
async function originOf(source: PredictionSource): Promise<PredictionOrigin | null> {
  return typeof source === 'string' ? readPredictionOrigin(source) : null;
}

/** What the head of a page says of its cells, and of what is not among them. */
export function pageFacts(
  origin: PageOrigin,
  counts: ScanCounts,
  { cells, keptBy }: GatheredCells,
  { by, minScore }: { readonly by: CellKind; readonly minScore: number },
): ReportFacts {
  const { images, boxes, failed, belowMinScore, withoutBoxes, notANumber } = counts;
  return {
    ...origin,
    ...{ images, boxes, minScore },
    leftOut: {
      ...{ failedImages: failed, belowThreshold: belowMinScore, imagesWithoutBox: withoutBoxes },
      ...{ withoutNumber: notANumber, beyondKept: (by === 'box' ? boxes : images) - cells.length },
    },
    kept: keptBy.map(({ measure, cells: count }) => ({
      ...{ strategy: by === 'box' ? measure.name : measure.imageName, cells: count },
    })),
  };
}
