import type { DuckDBDataChunk, DuckDBStructType } from '@duckdb/node-api';
import type { DuckDBStructVector } from '@duckdb/node-api';
import type { DuckDb } from '../engine/load-duckdb.ts';
import { boxParameter, readBoxes } from './box-columns.ts';
import type { BoxColumn } from './box-columns.ts';
import { imageOf } from './image-value.ts';
import type { ImageValue } from './image-value.ts';
import type { ScalarDefinition } from './scalar-definition.ts';

/** A part of an image, in its pixels. */
export interface CropRequest {
  /** A path or a URI, or an encoded picture. */
  readonly image: string | Uint8Array;
  readonly box: readonly [xmin: number, ymin: number, xmax: number, ymax: number];
}

/** Cuts boxes out of images: an encoded picture for each request, in order; null where the image
 * fails and that is to be NULL. Gets a few requests at a time, and answers at once: where images
 * are decoded in another thread, it waits. */
export type CropImages = (requests: readonly CropRequest[]) => readonly (Uint8Array | null)[];

/** Requests at a time, so that few pictures are in memory at once. */
const batchSize = 32;

/** `crop(image, box)` for the three ways to give an image.
 * @param cropImages null where nothing can decode images: a call of `crop` fails then, and says so.
 */
export function cropFunctions(lib: DuckDb, cropImages: CropImages | null): ScalarDefinition[] {
  const { VARCHAR, BLOB } = lib;
  const returns = imageType(lib);
  return [VARCHAR, BLOB, returns].map((type) => ({
    name: 'crop',
    parameters: [type, boxParameter(lib)],
    returns,
    run: (chunk, output) => {
      if (cropImages === null) throw new Error('crop: the session cannot decode images; open it with { vision }');
      cropChunk(lib, chunk, output as DuckDBStructVector, cropImages);
    },
  }));
}

function imageType({ STRUCT, VARCHAR, BLOB }: DuckDb): DuckDBStructType {
  return STRUCT({ uri: VARCHAR, data: BLOB });
}

function cropChunk(lib: DuckDb, chunk: DuckDBDataChunk, output: DuckDBStructVector, cropImages: CropImages): void {
  const boxes = readBoxes(lib, chunk, 1, 'crop');
  const images = chunk.getColumnVector(0);
  for (let from = 0; from < chunk.rowCount; from += batchSize) {
    const rows: number[] = [];
    const requests: CropRequest[] = [];
    for (let row = from; row < Math.min(from + batchSize, chunk.rowCount); row++) {
      const image = boxes.nulls[row] ? null : imageOf(images.getItem(row) as ImageValue);
      output.setItem(row, null);
      if (image === null) continue;
      rows.push(row);
      requests.push({ image, box: boxAt(boxes, row) });
    }
    if (rows.length === 0) continue;
    cropImages(requests).forEach((bytes, at) => {
      if (bytes) output.setItem(rows[at]!, lib.structValue({ uri: null, data: lib.blobValue(bytes) }));
    });
  }
  output.flush();
}

function boxAt({ xmin, ymin, xmax, ymax }: BoxColumn, row: number): CropRequest['box'] {
  return [xmin[row]!, ymin[row]!, xmax[row]!, ymax[row]!];
}
