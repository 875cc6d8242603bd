import { detectionOutcomes } from '@qualm/evaluation';
import type { LabelledImage, LabelledImages } from './labelled-images.ts';

/** What became of the boxes of an image, by the names of classes: null for nothing there, undefined
 * where nobody compared.
 */
export interface ImageOutcomes {
  /** Which of the layers of the image has what people drew. */
  readonly layer: number;
  /** What people drew where the model found a box.
   * @param place which of the boxes that are stored of the image it is
   */
  drawnAt(place: number): string | null | undefined;
  /** What the model found where people drew a box.
   * @param row which of all boxes that were drawn in the image it is
   */
  foundAt(row: number): string | null | undefined;
}

/** The outcomes of each image, by its id: of boxes that score `minScore` or more.
 * @param layer of each image that has what people drew
 */
export function imageOutcomes(
  { images, labels }: LabelledImages,
  { minScore, layer }: { readonly minScore: number; readonly layer: number },
): ReadonlyMap<string, ImageOutcomes> {
  const names = new Map(labels.map(({ id, name }) => [id, name]));
  const nameOf = (id: number): string => names.get(id) ?? String(id);
  const outcomes = detectionOutcomes(
    images.map(({ given }) => given),
    images.map(({ predicted }) => predicted),
    { minScore },
  );
  return new Map(
    images.map((image, at) => [String(image.image_id), { layer, ...outcomesOf(image, outcomes[at]!, nameOf) }]),
  );
}

function outcomesOf(
  { predicted, places, annotations, drawnRows }: LabelledImage,
  { found, drawn }: ReturnType<typeof detectionOutcomes>[number],
  nameOf: (id: number) => string,
): Omit<ImageOutcomes, 'layer'> {
  const drawnOf = new Map<number, string | null>();
  drawn.forEach((partner, at) => {
    if (partner >= -1) drawnOf.set(places[at]!, partner < 0 ? null : nameOf(annotations[partner]!.label_id));
  });
  const foundOf = new Map<number, string | null>();
  found.forEach((partner, at) => {
    foundOf.set(drawnRows[at]!, partner < 0 ? null : nameOf(predicted.labelIds[partner]!));
  });
  return { drawnAt: (place) => drawnOf.get(place), foundAt: (row) => foundOf.get(row) };
}
