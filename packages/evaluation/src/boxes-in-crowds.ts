import { shareInBox } from '@qualm/types/rows';
import type { GroundTruth, ScoredBoxArrays } from '@qualm/types';

/** For each predicted box, 1 where `least` of its area at least lies in one of the image's crowds:
 * of a crowd any member may be found, so a box that matches no object there is not one too many. As
 * COCO has it, whose overlap with a crowd is that share.
 * @param labels whether a crowd of another label counts, as it does where boxes are matched
 * whatever their label.
 */
export function boxesInCrowds(
  { crowds }: GroundTruth,
  { boxes, labelIds }: ScoredBoxArrays,
  least: number,
  labels: 'any' | 'same',
): Uint8Array {
  const inCrowd = new Uint8Array(labelIds.length);
  if (!crowds) return inCrowd;
  return inCrowd.map((_, box) => {
    for (let crowd = 0; crowd < crowds.labelIds.length; crowd++) {
      const isWanted = labels === 'any' || crowds.labelIds[crowd] === labelIds[box];
      if (isWanted && shareInBox(boxes, box, crowds.boxes, crowd) >= least) return 1;
    }
    return 0;
  });
}
