import type { DuckDBStructType } from '@duckdb/node-api';
import type { DuckDb } from '../engine/load-duckdb.ts';
import { imageOf } from './image-value.ts';
import type { ImageValue } from './image-value.ts';
import type { ScalarDefinition } from './scalar-definition.ts';

/** Copies an image to a path, and gives where it is then; null where nothing is to be done, since
 * the statement is only explained.
 */
export type CopyImage = (image: string | Uint8Array, path: string) => string | null;

/** `image_copy(image, path)` for the three ways to give an image. It is volatile, so that DuckDB
 * does not run it while it plans.
 * @param copyImage null where nothing may be written: a call fails then, and says so.
 */
export function copyFunctions(lib: DuckDb, copyImage: CopyImage | null): ScalarDefinition[] {
  const { VARCHAR, BLOB } = lib;
  const returns: DuckDBStructType = lib.STRUCT({ uri: VARCHAR, data: BLOB });
  return [VARCHAR, BLOB, returns].map((type) => ({
    name: 'image_copy',
    parameters: [type, VARCHAR],
    returns,
    isVolatile: true,
    run: (chunk, output) => {
      if (copyImage === null) throw new Error('image_copy: the session may not write files');
      const images = chunk.getColumnVector(0);
      const paths = chunk.getColumnVector(1);
      for (let row = 0; row < chunk.rowCount; row++) {
        const image = imageOf(images.getItem(row) as ImageValue);
        const path = paths.getItem(row) as string | null;
        const uri = image === null || path === null ? null : copyImage(image, path);
        output.setItem(row, uri === null ? null : lib.structValue({ uri, data: null }));
      }
      output.flush();
    },
  }));
}
