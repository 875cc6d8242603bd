import type { DuckDBConnection, DuckDBDataChunk, DuckDBStructType } from '@duckdb/node-api';
import type duckdb from '@duckdb/node-bindings';
import { QualmError } from '@qualm/types';
import { predictFunctionName } from '../statements/rewrite-predict.ts';
import type { DuckDb } from './load-duckdb.ts';
import { parseCallOptions } from './call-options.ts';
import type { Predictor } from './predictor.ts';
import { imagesOf } from './read-images.ts';
import { rotatedBoxParts, rowForms, shapeKinds } from './row-form.ts';
import type { RowForm } from './row-form.ts';
import type { ThreadLimit } from './thread-limit.ts';
import { writePredictions } from './write-predictions.ts';

/** Makes DuckDB's functions behind ML_PREDICT, one for each form of rows: (name, image) and (name,
 * image, options as JSON).
 */
export function registerPredictFunctions(
  lib: DuckDb,
  connection: DuckDBConnection,
  predictor: Predictor,
  threads: Pick<ThreadLimit, 'onBind'>,
): void {
  for (const form of rowForms())
    for (const hasOptions of [false, true]) {
      const fn = lib.DuckDBScalarFunction.create({
        name: predictFunctionName(form),
        returnType: lib.LIST(rowType(lib, form)),
        parameterTypes: [lib.VARCHAR, lib.ANY, ...(hasOptions ? [lib.VARCHAR] : [])],
        specialHandling: true,
        bindFunction: threads.onBind,
        mainFunction: () => undefined,
      });
      lib.bindings.scalar_function_set_function(fn.scalar_function, (info, input, output) => {
        try {
          predictChunk(lib, new lib.DuckDBDataChunk(input), output, form, predictor);
        } catch (error) {
          lib.bindings.scalar_function_set_error(info, predictor.failWith(error));
        }
      });
      connection.registerScalarFunction(fn);
    }
}

function predictChunk(
  lib: DuckDb,
  chunk: DuckDBDataChunk,
  output: duckdb.Vector,
  form: RowForm,
  predictor: Predictor,
): void {
  const names = textsOf(chunk, 0);
  const options = chunk.columnCount > 2 ? textsOf(chunk, 2) : [];
  const [name] = names;
  if (name === undefined) return;
  if (name === null || names.some((other) => other !== name))
    throw new QualmError('query-invalid', 'ML_PREDICT: the name of the model must be a constant');
  const images = imagesOf(lib, chunk, 1, `ML_PREDICT(${name}, ...)`);
  const { rows, labels } = predictor.predict(name, form, images, parseCallOptions(options[0] ?? null));
  writePredictions(lib, output, form, rows, () => labels);
}

function textsOf(chunk: DuckDBDataChunk, column: number): readonly (string | null)[] {
  return chunk.getColumnValues(column) as (string | null)[];
}

function rowType(lib: DuckDb, { form, shapes = [] }: RowForm): DuckDBStructType {
  const { STRUCT, FLOAT, INTEGER, VARCHAR, LIST } = lib;
  const box = STRUCT({ xmin: FLOAT, ymin: FLOAT, xmax: FLOAT, ymax: FLOAT });
  const types = {
    mask: VARCHAR,
    keypoints: LIST(FLOAT),
    rotated_box: STRUCT(Object.fromEntries(rotatedBoxParts.map((part) => [part, FLOAT]))),
  };
  const beside = Object.fromEntries(
    shapeKinds.filter((kind) => shapes.includes(kind)).map((kind) => [kind, types[kind]]),
  );
  return form === 'detections'
    ? STRUCT({ box, score: FLOAT, label_id: INTEGER, label: VARCHAR, ...beside })
    : STRUCT({ box, scores: LIST(FLOAT), label_ids: LIST(INTEGER), label: VARCHAR, ...beside });
}
