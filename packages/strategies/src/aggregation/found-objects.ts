import { bestOnly, countImages, leastOverlap, matchOf } from '@qualm/types/rows';
import type { GroundTruth, ScoredBoxArrays } from '@qualm/types';
import type { FoundObjects } from './class-difficulties.ts';

/** What a detector made of each labelled object, for `classDifficulties`: the score and the overlap
 * of the box that found it, by the object's own class where one did. An object that no box overlaps
 * by `minIou` has 0 and 0, and one that is taken for another class the score 0.
 * @param given the labelled boxes of each image.
 * @param predicted the boxes found in each.
 * @throws RangeError when images, boxes, labels and scores do not belong together, or `minIou` is
 * not in 0..1.
 * @example foundObjects([labelledBoxes(annotations)], [detections])
 */
export function foundObjects(
  given: readonly GroundTruth[],
  predicted: readonly ScoredBoxArrays[],
  { minIou = 0.5 }: { readonly minIou?: number } = {},
): FoundObjects {
  leastOverlap('foundObjects', minIou);
  const length = countImages('foundObjects', given, predicted);
  const objects = { classes: [] as number[], scores: [] as number[], ious: [] as number[] };
  for (let image = 0; image < length; image++) {
    const matches = matchOf(`foundObjects: image ${image}`, given[image]!, predicted[image]!, { minIou });
    const { labelIds } = bestOnly(given[image]!);
    const found = bestOnly(predicted[image]!);
    const matchAt = new Map(matches.map((match) => [match.first, match]));
    for (let object = 0; object < labelIds.length; object++) {
      const match = matchAt.get(object);
      const isSame = match && found.labelIds[match.second] === labelIds[object];
      objects.classes.push(labelIds[object]!);
      objects.scores.push(isSame ? found.scores[match.second]! : 0);
      objects.ious.push(match?.iou ?? 0);
    }
  }
  return objects;
}
