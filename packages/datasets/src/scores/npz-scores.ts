import type { Label } from '@qualm/types';
import type { BlockFile } from '../blocks/block-file.ts';
import { imageArrays } from '../blocks/image-rows.ts';
import { npyOfIntegers, npyOfTexts } from '../blocks/npy.ts';
import { openNpzFile } from '../blocks/npz-file.ts';
import type { ScoreBlock, ScoredImage } from './score-block.ts';

/** Arrays [boxes, ...], and [images] and [labels] that say what they are of. */
export function openNpzScores(path: string, labels: readonly Label[]): BlockFile<ScoreBlock> {
  const images: ScoredImage[] = [];
  const indexesOf = (block: ScoreBlock): BigInt64Array => {
    const indexes = imageIndexes(block, images.length);
    for (const image of block.images) images.push(image);
    return indexes;
  };
  return openNpzFile<ScoreBlock>(
    path,
    {
      scores: { type: '<f4', columns: labels.length, valuesOf: ({ scores }) => scores },
      boxes: { type: '<f4', columns: 4, valuesOf: ({ boxes }) => boxes },
      image_index: { type: '<i8', columns: null, valuesOf: indexesOf },
    },
    () => ({
      ...imageArrays(images),
      labels: npyOfTexts(labels.map(({ name }) => name)),
      label_ids: npyOfIntegers(labels.map(({ id }) => id)),
    }),
  );
}

/** For each box the place of its image among all. */
function imageIndexes({ images, boxes }: ScoreBlock, first: number): BigInt64Array {
  const indexes = new BigInt64Array(boxes.length / 4);
  let at = 0;
  for (const [place, { boxes: own }] of images.entries()) {
    indexes.fill(BigInt(first + place), at, at + own);
    at += own;
  }
  return indexes;
}
