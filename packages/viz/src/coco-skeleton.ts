/** Which of COCO's seventeen keypoints of a person are joined, counted from 0: nose, eyes, ears,
 * shoulders, elbows, wrists, hips, knees, ankles, the left one first.
 * @see https://cocodataset.org/#keypoints-2017
 */
export const cocoSkeleton: readonly (readonly [from: number, to: number])[] = [
  [15, 13],
  [13, 11],
  [16, 14],
  [14, 12],
  [11, 12],
  [5, 11],
  [6, 12],
  [5, 6],
  [5, 7],
  [6, 8],
  [7, 9],
  [8, 10],
  [1, 2],
  [0, 1],
  [0, 2],
  [1, 3],
  [2, 4],
  [3, 5],
  [4, 6],
];
