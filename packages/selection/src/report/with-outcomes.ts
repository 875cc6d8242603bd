import { counted, countText } from '@qualm/types';
import { imageOutcomes } from '../labels/image-outcomes.ts';
import type { LabelledImages } from '../labels/labelled-images.ts';
import type { Cell } from './cell.ts';
import type { MissedGatherer } from './missed-cells.ts';

/** Cells with what labels say of their boxes; those that were drawn and not found come after them.
 * @param missed null where cells are images, which have what was missed in them
 * @param options `layer`: which of the layers of an image has what people drew
 */
export function withOutcomes(
  cells: readonly Cell[],
  labelled: LabelledImages | null,
  missed: MissedGatherer | null,
  options: {
    readonly minScore: number;
    readonly limit: number;
    readonly measures: number;
    readonly layer: number;
  },
): { readonly cells: readonly Cell[]; readonly notes: readonly string[] } {
  if (!labelled) return { cells, notes: [] };
  const outcomes = imageOutcomes(labelled, options);
  const compared = cells.map((cell): Cell => {
    const ofImage = outcomes.get(String(cell.image.image_id));
    return ofImage ? { ...cell, image: { ...cell.image, outcomes: ofImage } } : cell;
  });
  if (!missed) return { cells: compared, notes: [] };
  const { cells: more, total } = missed.missed(labelled, outcomes, options);
  return {
    cells: [...compared, ...more],
    notes: total === 0 ? [] : [missedWords(total, more.length)],
  };
}

function missedWords(total: number, shown: number): string {
  const all = total === 1 ? 'it comes' : 'they come';
  const largest = shown === 1 ? 'the largest comes' : `the ${countText(shown)} largest come`;
  const which = shown < total ? largest : all;
  return `${counted(total, 'drawn object was', 'drawn objects were')} not found; ${which} last, without a number`;
}
