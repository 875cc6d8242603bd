import type { CocoDataset } from '@qualm/datasets';
import { QualmError } from '@qualm/types';
import type { RankingChoice } from '../choose/ranking-choice.ts';
import { createLabelledGatherer } from '../labels/labelled-images.ts';
import type { LabelledGatherer, LabelledImages } from '../labels/labelled-images.ts';

/** What people drew, on its way to what it says of the model. */
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

/** Labels that have nothing in common with the predictions are drawn all the same: null, and why.
 */
export function labelledOf({ gathering, coco, reason }: GatheredLabels): {
  readonly labelled: LabelledImages | null;
  readonly warnings: readonly string[];
} {
  const none = (why: string): ReturnType<typeof labelledOf> => ({
    labelled: null,
    warnings: [`nothing is compared with ${coco}: ${why}`],
  });
  if (!gathering) return none(reason);
  try {
    const labelled = gathering.labelled();
    return { labelled, warnings: labelled.warnings };
  } catch (error) {
    if (QualmError.is(error, 'options-invalid')) return none(error.message);
    throw error;
  }
}
