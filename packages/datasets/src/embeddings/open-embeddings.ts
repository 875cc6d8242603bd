import { openArrowBlocks } from '../blocks/arrow-blocks.ts';
import type { BlockFile } from '../blocks/block-file.ts';
import { imageArrays, imageColumns, imageFields, imageLeaves, listLevels, optionalLeaf } from '../blocks/image-rows.ts';
import { npyOfIntegers } from '../blocks/npy.ts';
import { openNpzFile } from '../blocks/npz-file.ts';
import { openParquetBlocks } from '../blocks/parquet-blocks.ts';
import { box as boxField, list, optional, required, rootSchema } from '../parquet/schema-elements.ts';
import type { Leaf } from '../parquet/leaf.ts';
import type { EmbeddedImage, EmbeddingBlock } from './embedding-block.ts';

/** What vectors a file has. */
interface VectorKind {
  readonly dimensions: number;
  /** Whether they are of boxes. */
  readonly boxes: boolean;
}

/** Opens a file of vectors under a name. */
type OpenEmbeddings = (path: string, kind: VectorKind) => BlockFile<EmbeddingBlock>;

const edges = ['xmin', 'ymin', 'xmax', 'ymax'] as const;

/** By the ending of the file. */
export const embeddingFormats: Readonly<Record<string, OpenEmbeddings>> = {
  '.npz': openNpz,
  '.parquet': openParquet,
  '.arrow': openArrow,
};

/** `embeddings` [images, dimensions], with a row of NaN for an image without a vector. */
function openNpz(path: string, { dimensions, boxes }: VectorKind): BlockFile<EmbeddingBlock> {
  const images: EmbeddedImage[] = [];
  const valuesOf = (block: EmbeddingBlock): Float32Array => {
    for (const image of block.images) images.push(image);
    return withNaN(block, dimensions);
  };
  const arrays = {
    embeddings: { type: '<f4', columns: dimensions, valuesOf },
    ...(boxes && { boxes: { type: '<f4' as const, columns: 4, valuesOf: edgesOf } }),
  } as const;
  return openNpzFile<EmbeddingBlock>(path, arrays, () => ({
    ...imageArrays(images),
    ...(boxes && { box_indexes: npyOfIntegers(images.map(({ boxIndex }) => boxIndex ?? -1)) }),
  }));
}

function openParquet(path: string, { boxes }: VectorKind): BlockFile<EmbeddingBlock> {
  return openParquetBlocks<EmbeddingBlock>(path, {
    metadata: [],
    schemaOf: ({ imageIdType }) => {
      const { before, error } = imageFields(imageIdType);
      const which = boxes ? [[optional('box_index', 'INT32')], boxField('box', 'OPTIONAL')] : [];
      return rootSchema([...before, ...which, list('embedding', 'OPTIONAL', [required('element', 'FLOAT')]), error]);
    },
    leavesOf: ({ images, imageIdType, vectors }) => {
      const { before, error } = imageLeaves(images, imageIdType);
      const isThere = images.map((image) => image.isThere);
      const numVectors = isThere.reduce((count, there) => count + Number(there), 0);
      const levels = listLevels(isThere, numVectors === 0 ? 0 : vectors.length / numVectors);
      const which = boxes ? boxLeaves(images) : [];
      return [...before, ...which, { path: ['embedding', 'list', 'element'], values: vectors, ...levels }, ...error];
    },
    rowsOf: ({ images }) => images.length,
  });
}

function openArrow(path: string, { dimensions, boxes }: VectorKind): BlockFile<EmbeddingBlock> {
  return openArrowBlocks<EmbeddingBlock>(path, async (blocks) => {
    const { field, fixedSizeList, float32, int32, struct } = await import('@uwdata/flechette');
    const images = blocks.flatMap((block) => block.images);
    const { image_id, image, error } = await imageColumns(images, blocks[0]?.imageIdType ?? 'string');
    const type = fixedSizeList(field('element', float32(), false), dimensions);
    return {
      ...{ image_id, image },
      ...(boxes && {
        box_index: [images.map(({ boxIndex }) => boxIndex), int32()] as const,
        box: [images.map(({ box }) => box), struct(edges.map((edge) => field(edge, float32(), false)))] as const,
      }),
      ...{ embedding: [blocks.flatMap((block) => vectorsOf(block, dimensions)), type] as const, error },
    };
  });
}

function boxLeaves(images: readonly EmbeddedImage[]): Leaf[] {
  const leaf = (path: readonly string[], valueOf: (image: EmbeddedImage) => number | null): Leaf =>
    optionalLeaf(path, images.map(valueOf));
  return [
    leaf(['box_index'], ({ boxIndex }) => boxIndex),
    ...edges.map((edge) => leaf(['box', edge], ({ box }) => box?.[edge] ?? null)),
  ];
}

/** [images, 4], with NaN where there is no box. */
function edgesOf({ images }: EmbeddingBlock): Float32Array {
  return Float32Array.from(images.flatMap(({ box }) => edges.map((edge) => box?.[edge] ?? NaN)));
}

function vectorsOf({ images, vectors }: EmbeddingBlock, dimensions: number): (Float32Array | null)[] {
  let at = 0;
  return images.map(({ isThere }) => (isThere ? vectors.subarray(at, (at += dimensions)) : null));
}

function withNaN(block: EmbeddingBlock, dimensions: number): Float32Array {
  const rows = new Float32Array(block.images.length * dimensions).fill(NaN);
  for (const [row, vector] of vectorsOf(block, dimensions).entries()) if (vector) rows.set(vector, row * dimensions);
  return rows;
}
