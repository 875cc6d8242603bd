import type { ColumnTable } from 'arquero';
import { QualmError, assertOptions, assertText } from '@qualm/types';
import type { RowError } from '@qualm/types';
import { createVectorReader } from './create-vector-reader.ts';
import type { Pool } from './create-vector-reader.ts';
import type { ImageModel } from './image-model.ts';
import { imageRecords } from './predict.ts';
import { predictRows, type PredictOptions } from './predict-stream.ts';
import { withColumn } from './with-column.ts';
import { assertModel, assertTable } from './assert-arguments.ts';

/** Options of `embed`. */
export interface EmbedOptions extends PredictOptions {
  /** The model's output to take: one of its own, or of a TF.js graph any node that `backendOptions.outputs` names. */
  readonly output: string;
  /** How one vector comes of a map [n, channels, h, w] (by the layout of the model's input) or of tokens [n, tokens, channels]: the mean
   * or the maximum over positions, the first of them (a transformer's class token), or all numbers as they lie. Default `mean`. */
  readonly pool?: Pool;
}

/** The table with a vector for each row's `image`, from any output of a model: columns `embedding` (a Float32Array, null for a broken
 * image) and `error`. `embeddingMatrix` makes of it what the strategies of diversity read. The model's head is not asked, but the model
 * was loaded with it.
 * @throws QualmError `dataset-invalid` when there is no column `image`, `unsupported` when an output cannot be a vector,
 * and what `predictStream` throws.
 * @example embeddingMatrix((await embed(table, model, { output: 'features' })).column('embedding'))
 */
export async function embed(table: ColumnTable, model: ImageModel, embedOptions: EmbedOptions): Promise<ColumnTable> {
  assertTable('embed', table);
  assertModel('embed', model);
  assertOptions('embed', embedOptions, "{ output: 'features' }");
  const { output, pool = 'mean', ...options } = embedOptions;
  assertText('embed', 'output', output);
  const shown = table.isFiltered() || table.isOrdered() ? table.reify() : table;
  const readVector = createVectorReader(output, pool, model.spec.input.layout);
  const embedder = {
    ...model,
    head: { decode: readVector },
    run: ((inputs, runOptions) => model.run(inputs, { ...runOptions, outputs: [output] })) as ImageModel['run'],
    inThread: null,
  };
  await assertVector(embedder);
  const vectors: (Float32Array | null)[] = [];
  const errors: (RowError | null)[] = [];
  const rows = predictRows(imageRecords(shown), embedder, { ...options, order: 'input' }, { total: shown.numRows() });
  for await (const { detections: vector, error } of rows) {
    vectors.push(vector);
    errors.push(error);
  }
  return withColumn(withColumn(shown, 'embedding', vectors), 'error', errors);
}

/** One run on an empty image, so that an output which cannot be had, or be no vector, is said once and not for each image. */
async function assertVector({ spec, batch, preprocessor, inputName, head, run }: Embedder): Promise<void> {
  const { size } = spec.input;
  const geometry = { original: size, input: size, scaleX: 1, scaleY: 1, offsetX: 0, offsetY: 0 };
  try {
    head.decode(await run({ [inputName]: preprocessor.allocate(batch ?? 1) }), [geometry]);
  } catch (cause) {
    if (!QualmError.is(cause, 'shape-mismatch')) throw cause;
    throw new QualmError('unsupported', `embed: model "${spec.name}": ${cause.message}`, { cause });
  }
}

interface Embedder extends Pick<ImageModel, 'spec' | 'batch' | 'preprocessor' | 'inputName' | 'run'> {
  readonly head: { readonly decode: ReturnType<typeof createVectorReader> };
}
