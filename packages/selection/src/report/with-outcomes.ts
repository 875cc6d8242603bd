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
  const which = more.length < total ? `the ${more.length} largest of them` : 'they';
  return {
    cells: [...compared, ...more],
    notes: total === 0 ? [] : [`${total} drawn objects were not found; ${which} come last, without a number`],
  };
}
