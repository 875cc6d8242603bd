import type { ScoreBlock, ScoredImage } from './score-block.ts';

/** A row for each box of a block, and one for each image without. */
export interface ScoreRows {
  readonly length: number;
  readonly images: readonly ScoredImage[];
  /** Places of the boxes in the block; -1 where there is none. */
  readonly boxes: Int32Array;
}

export function scoreRows({ images }: Pick<ScoreBlock, 'images'>): ScoreRows {
  const rows = images.flatMap((image) => new Array<ScoredImage>(Math.max(1, image.boxes)).fill(image));
  const boxes = new Int32Array(rows.length);
  let next = 0;
  for (let row = 0; row < rows.length; row++) boxes[row] = rows[row]!.boxes > 0 ? next++ : -1;
  return { length: rows.length, images: rows, boxes };
}
