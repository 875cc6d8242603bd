import type { CocoDataset } from '@qualm/datasets';
import type { ReportOptions as PageOptions } from '@qualm/report';
import { QualmError } from '@qualm/types';
import type { RankingChoice } from '../choose/ranking-choice.ts';
import { createLabelledGatherer } from '../labels/labelled-images.ts';
import type { LabelledGatherer } from '../labels/labelled-images.ts';

/** What people drew, on its way to the charts. */
export interface GatheredLabels {
  /** Null where labels and predictions have no class in common. */
  readonly gathering: LabelledGatherer | null;
  readonly coco: string;
  readonly reason: string;
}

export function gatherLabelled(
  coco: CocoDataset,
  cocoPath: string,
  { set: { labels } }: RankingChoice,
  name: string,
): GatheredLabels {
  try {
    return { gathering: createLabelledGatherer({ coco, cocoPath, labels, name }), coco: cocoPath, reason: '' };
  } catch (error) {
    if (!QualmError.is(error, 'options-invalid')) throw error;
    return { gathering: null, coco: cocoPath, reason: error.message };
  }
}

/** Labels that have nothing in common with the predictions are drawn all the same. */
export function chartsOf(
  { gathering, coco, reason }: GatheredLabels,
  made: (images: ReturnType<LabelledGatherer['labelled']>) => NonNullable<PageOptions['charts']>,
): { readonly charts: NonNullable<PageOptions['charts']>; readonly warnings: readonly string[] } {
  const none = (why: string): ReturnType<typeof chartsOf> => ({
    charts: [],
    warnings: [`no charts of ${coco}: ${why}`],
  });
  if (!gathering) return none(reason);
  try {
    const images = gathering.labelled();
    return { charts: made(images), warnings: images.warnings };
  } catch (error) {
    if (QualmError.is(error, 'options-invalid')) return none(error.message);
    throw error;
  }
}
