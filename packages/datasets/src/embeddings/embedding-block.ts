import { QualmError } from '@qualm/types';
import type { Embedding } from '@qualm/types';
import type { BlockBuilder } from '../blocks/block-file.ts';
import type { ImageRow } from '../blocks/image-rows.ts';
import { growableFloat32 } from '../predictions/growable-array.ts';
import { createImageIdCheck } from '../predictions/image-id-type.ts';
import type { ImageIdType } from '../predictions/prediction-schema.ts';

/** An image, or a box of one, and whether it has a vector. */
export interface EmbeddedImage extends ImageRow {
  /** Null of a whole image. */
  readonly boxIndex: number | null;
  /** Where that box is; null of a whole image, and where nobody says. */
  readonly box: Embedding['box'] | null;
  readonly isThere: boolean;
}

/** Consecutive images, and the vectors of those that have one, one after the other. */
export interface EmbeddingBlock {
  /** How all ids of the file are stored; the first one decides. */
  readonly imageIdType: ImageIdType;
  readonly images: readonly EmbeddedImage[];
  readonly vectors: Float32Array<ArrayBuffer>;
}

/** About what a row takes beside its vector: short vectors, and rows without one, are many before
 * they are a block.
 */
const rowBytes = 256;

/** Gathers vectors into blocks. Its `add` throws QualmError `shape-mismatch` for a vector of
 * another length, `dataset-invalid` for a text among ids that are whole numbers.
 */
export function createEmbeddingBlockBuilder(dimensions: number): BlockBuilder<Embedding, EmbeddingBlock> {
  const vectors = growableFloat32();
  let imageIdType: ImageIdType | null = null;
  let images: EmbeddedImage[] = [];
  return {
    get bytes() {
      return 4 * vectors.length + rowBytes * images.length;
    },
    add({ image_id, box_index: boxIndex = null, box = null, image, embedding, error }) {
      if (embedding && embedding.length !== dimensions) throw otherLength(image_id, embedding.length, dimensions);
      imageIdType ??= createImageIdCheck(null)(image_id);
      createImageIdCheck(imageIdType)(image_id);
      const isThere = Boolean(embedding);
      images.push({ image_id, boxIndex, box, uri: image.uri, error: error && { ...error }, isThere });
      if (embedding) vectors.append(embedding);
    },
    take() {
      const taken = { imageIdType: imageIdType ?? 'string', images, vectors: vectors.take() };
      images = [];
      return taken;
    },
  };
}

function otherLength(id: string | number, came: number, wanted: number): QualmError {
  return new QualmError(
    'shape-mismatch',
    `embeddings: image ${JSON.stringify(id)} has ${came} numbers, expected ${wanted}; ` +
      "give the sink the embedder's dimensions",
  );
}
