import type { Label } from '@qualm/types';
import type { BlockFile } from '../blocks/block-file.ts';
import { imageFields, imageLeaves, listLevels, optionalLeaf } from '../blocks/image-rows.ts';
import { openParquetBlocks } from '../blocks/parquet-blocks.ts';
import type { Leaf } from '../parquet/leaf.ts';
import { box, list, required, rootSchema } from '../parquet/schema-elements.ts';
import type { ScoreBlock } from './score-block.ts';
import { scoreRows } from './score-rows.ts';

const edges = ['xmin', 'ymin', 'xmax', 'ymax'] as const;

/** A row for each box. What the columns of `scores` mean is in the footer, as `qualm.labels`. */
export function openParquetScores(path: string, labels: readonly Label[]): BlockFile<ScoreBlock> {
  return openParquetBlocks<ScoreBlock>(path, {
    metadata: [{ key: 'qualm.labels', value: JSON.stringify(labels) }],
    schemaOf: ({ imageIdType }) => {
      const { before, error } = imageFields(imageIdType);
      const scores = list('scores', 'OPTIONAL', [required('element', 'FLOAT')]);
      return rootSchema([...before, box('box', 'OPTIONAL'), scores, error]);
    },
    leavesOf: (block) => leavesOf(block, labels.length),
    rowsOf: (block) => scoreRows(block).length,
  });
}

function leavesOf(block: ScoreBlock, numLabels: number): Leaf[] {
  const { images, boxes } = scoreRows(block);
  const { before, error } = imageLeaves(images, block.imageIdType);
  const isThere = Array.from(boxes, (at) => at >= 0);
  const sides = edges.map((edge, side) =>
    optionalLeaf(
      ['box', edge],
      Array.from(boxes, (at) => (at < 0 ? null : block.boxes[4 * at + side]!)),
    ),
  );
  const scores = { path: ['scores', 'list', 'element'], values: block.scores, ...listLevels(isThere, numLabels) };
  return [...before, ...sides, scores, ...error];
}
