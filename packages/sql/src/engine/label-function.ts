import type { DuckDBConnection } from '@duckdb/node-api';
import { QualmError } from '@qualm/types';
import { registerScalar } from '../functions/scalar-definition.ts';
import type { FailWith } from '../functions/scalar-definition.ts';
import { unknownModel } from '../statements/rewrite-predict.ts';
import type { DuckDb } from './load-duckdb.ts';
import type { ModelTable } from './model-table.ts';

/** Makes `label_name(model, label_id)`: what a model calls a class, NULL for a class that it has
 * not.
 */
export function registerLabelFunction(
  lib: DuckDb,
  connection: DuckDBConnection,
  models: ModelTable,
  failWith: FailWith,
): void {
  registerScalar(
    lib,
    connection,
    {
      ...{ name: 'label_name', parameters: [lib.VARCHAR, lib.INTEGER], returns: lib.VARCHAR },
      run: (chunk, output) => {
        const labels = new Map<string, ReadonlyMap<number, string>>();
        const ids = chunk.getColumnVector(1);
        chunk.getColumnValues(0).forEach((name, row) => {
          if (typeof name === 'string' && !labels.has(name)) labels.set(name, labelsOf(models, name));
          const id = ids.getItem(row) as number | null;
          output.setItem(row, name === null || id === null ? null : (labels.get(name as string)?.get(id) ?? null));
        });
        output.flush();
      },
    },
    failWith,
  );
}

function labelsOf(models: ModelTable, name: string): ReadonlyMap<number, string> {
  const model = models.get(name);
  if (!model) throw new QualmError('model-missing', `label_name: ${unknownModel(name, models.names())}`);
  return new Map(model.labels.map((label) => [label.id, label.name]));
}
