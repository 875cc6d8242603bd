import type { DuckDBConnection } from '@duckdb/node-api';
import type { DuckDb } from '../engine/load-duckdb.ts';
import { boxFunctions } from './box-functions.ts';
import { copyFunctions } from './copy-functions.ts';
import type { CopyImage } from './copy-functions.ts';
import { cropFunctions } from './crop-functions.ts';
import type { CropImages } from './crop-functions.ts';
import { macros } from './macros.ts';
import { maskFunctions } from './mask-functions.ts';
import { registerScalar } from './scalar-definition.ts';
import type { FailWith } from './scalar-definition.ts';
import { strategyFunctions } from './strategy-functions.ts';
import { topKMeanFunctions } from './top-k-mean-function.ts';

/** What the functions need of their surroundings. */
export interface RegisterFunctionsOptions {
  /** Without it a call of `crop` is an error that says so. */
  readonly cropImages?: CropImages;
  /** Without it a call of `image_copy` is an error that says so. */
  readonly copyImage?: CopyImage;
  /** What DuckDB is told where a function throws; the error's message by default. */
  readonly failWith?: FailWith;
}

/** Makes every function of `sqlFunctions` callable. Functions are those of the whole database;
 * macros, `entropy` and `to_image`, those of the connection, so register once for each. */
export async function registerFunctions(
  lib: DuckDb,
  connection: DuckDBConnection,
  { cropImages, copyImage, failWith }: RegisterFunctionsOptions = {},
): Promise<void> {
  const definitions = [
    ...strategyFunctions(lib),
    ...topKMeanFunctions(lib),
    ...boxFunctions(lib),
    ...maskFunctions(lib),
    ...cropFunctions(lib, cropImages ?? null),
    ...copyFunctions(lib, copyImage ?? null),
  ];
  for (const definition of definitions) registerScalar(lib, connection, definition, failWith);
  for (const macro of macros) await connection.run(macro);
}
