import type { DataType, Field } from '@uwdata/flechette';
import type { Label } from '@qualm/types';
import { openArrowBlocks } from '../blocks/arrow-blocks.ts';
import type { BlockFile } from '../blocks/block-file.ts';
import { imageColumns } from '../blocks/image-rows.ts';
import type { ArrowColumn } from '../blocks/image-rows.ts';
import type { ScoreBlock } from './score-block.ts';
import { scoreRows } from './score-rows.ts';
import type { ScoreRows } from './score-rows.ts';

const edges = ['xmin', 'ymin', 'xmax', 'ymax'] as const;

/** A row for each box. What the columns of `scores` mean is in the schema, as `qualm.labels`. */
export function openArrowScores(path: string, labels: readonly Label[]): BlockFile<ScoreBlock> {
  const metadata = new Map([['qualm.labels', JSON.stringify(labels)]]);
  return openArrowBlocks(path, (blocks) => columnsOf(blocks, labels), metadata);
}

async function columnsOf(
  blocks: readonly ScoreBlock[],
  labels: readonly Label[],
): Promise<Readonly<Record<string, ArrowColumn>>> {
  const { field, fixedSizeList, float32, struct } = await import('@uwdata/flechette');
  const rows = blocks.map((block) => ({ block, ...scoreRows(block) }));
  const images = rows.flatMap((block) => block.images);
  const fields = (names: readonly string[], type: DataType): Field[] => names.map((name) => field(name, type, false));
  const vector = fixedSizeList(field('element', float32(), false), labels.length);
  const { image_id, image, error } = await imageColumns(images, blocks[0]?.imageIdType ?? 'string');
  return {
    image_id,
    image,
    box: [rows.flatMap(boxesOf), struct(fields(edges, float32()))],
    scores: [rows.flatMap((block) => vectorsOf(block, labels.length)), vector],
    error,
  };
}

type BlockRows = ScoreRows & { readonly block: ScoreBlock };

function boxesOf({ boxes, block }: BlockRows): (Readonly<Record<string, number>> | null)[] {
  return Array.from(boxes, (at) =>
    at < 0 ? null : Object.fromEntries(edges.map((edge, side) => [edge, block.boxes[4 * at + side]!])),
  );
}

function vectorsOf({ boxes, block }: BlockRows, numLabels: number): (Float32Array | null)[] {
  return Array.from(boxes, (at) => (at < 0 ? null : block.scores.subarray(at * numLabels, (at + 1) * numLabels)));
}
