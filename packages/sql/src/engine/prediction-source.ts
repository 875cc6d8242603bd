import type { DuckDBConnection } from '@duckdb/node-api';
import type { HostCalls } from './host-calls.ts';
import type { DuckDb } from './load-duckdb.ts';
import type { Predictor } from './predictor.ts';

/** Makes `read_predictions(folder)`: DuckDB's own reader over the shards of a folder, once they are
 * held against its manifest.
 */
export async function registerPredictionSource(
  lib: DuckDb,
  connection: DuckDBConnection,
  calls: HostCalls,
  predictor: Predictor,
): Promise<void> {
  const fn = lib.DuckDBScalarFunction.create({
    name: 'qualm_shards',
    parameterTypes: [lib.VARCHAR],
    returnType: lib.LIST(lib.VARCHAR),
    mainFunction: (info, chunk, output) => {
      try {
        chunk.getColumnValues(0).forEach((folder, row) => {
          const paths = folder === null ? null : calls.call('shards', { folder: folder as string });
          output.setItem(row, paths === null ? null : lib.listValue(paths.map(escapeGlob)));
        });
        output.flush();
      } catch (error) {
        info.setError(predictor.failWith(error));
      }
    },
  });
  connection.registerScalarFunction(fn);
  await connection.run(
    'CREATE OR REPLACE TEMP MACRO read_predictions(folder) AS TABLE SELECT * FROM read_parquet(qualm_shards(folder))',
  );
}

/** DuckDB would read the path as a pattern. */
function escapeGlob(path: string): string {
  return path.replace(/[[\]*?]/g, (character) => (character === ']' ? ']' : `[${character}]`));
}
