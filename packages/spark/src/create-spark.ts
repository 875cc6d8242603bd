import { randomUUID } from 'node:crypto';
import { QualmError, assertFunctions, assertOptions, assertText, assertWhole, assertChoice } from '@qualm/types';
import type { SparkSession } from './connect/spark-session.ts';
import { examineSpark } from './doctor/examine-spark.ts';
import type { SparkModel, WorkerSource } from './models/spark-model.ts';
import { assertSource, createTaskFolders } from './models/task-folders.ts';
import type { PredictedTable, PredictOptions } from './predict/predict-options.ts';
import { predictTable } from './predict/predict-table.ts';
import { assertRankOptions, rankTable } from './predict/rank-table.ts';
import type { Spark } from './spark.ts';
import type { NamedModel } from './statements/model-statements.ts';
import { createPredictedImages } from './statements/predicted-images.ts';
import { createStatementRunner } from './statements/run-statement.ts';

/** What predictions need on executors. */
export interface SparkOptions {
  /** Where executors have the worker from. */
  readonly worker: WorkerSource;
  /** The models that there are from the beginning, by name. */
  readonly models?: Readonly<Record<string, SparkModel>>;
}

/** A Spark that predicts, of a session on it.
 * @throws RangeError for options that cannot be.
 * @example createSpark(await connect('sc://127.0.0.1:15002'), { worker: { upload: 'qualm-1a2b3c.tgz' } })
 */
export function createSpark(session: SparkSession, options: SparkOptions): Spark {
  assertFunctions('createSpark', 'its session', session, ['sql', 'uploadArchive', 'close'], 'one that connect made');
  assertOptions('createSpark', options, "{ worker: { upload: 'qualm-1a2b3c.tgz' } }");
  assertSource('createSpark', 'worker', options.worker, ['upload', 'archive', 'path', 'command']);
  const folders = createTaskFolders(session, options.worker);
  const models = new Map<string, NamedModel>();
  for (const [name, model] of Object.entries(options.models ?? {}))
    models.set(name, { model: assertModel('createSpark', model) });
  const predict = (model: SparkModel, predictOptions: PredictOptions): Promise<PredictedTable> =>
    predictTable({ session, folders, model, run: newName() }, predictOptions);
  const images = createPredictedImages(session, newName());
  const runStatement = createStatementRunner({
    ...{ session, models, images },
    predict: ({ model, ...how }, from, into, signal) =>
      predict(model, { ...{ from, id: 'id', image: 'image', model, into }, ...how, ...(signal && { signal }) }),
  });
  return {
    session,
    createModel(name, model) {
      assertText('createModel', 'its name', name);
      models.set(name, { model: assertModel('createModel', model) });
    },
    async predict(predictOptions) {
      assertPredictOptions(predictOptions);
      const { model } = predictOptions;
      if (typeof model !== 'string') return predict(assertModel('predict', model), predictOptions);
      const { model: found, ...how } = modelOf(models, model);
      return predict(found, { ...how, ...predictOptions });
    },
    examine: (examineOptions = {}) => examineSpark({ session, folders, ...examineOptions }),
    async rank(rankOptions) {
      assertOptions('rank', rankOptions, "{ table: 'predictions', strategy: 'margin' }");
      assertText('rank', 'table', rankOptions.table);
      assertRankOptions(rankOptions);
      return rankTable(session, rankOptions);
    },
    async sql(text, sqlOptions) {
      assertText('sql', 'its text', text, 'a statement');
      return runStatement(text, sqlOptions);
    },
    async close() {
      await images.drop();
      await session.close();
    },
  };
}

/** A name that nothing else has. */
function newName(): string {
  return randomUUID().replaceAll('-', '');
}

function modelOf(models: ReadonlyMap<string, NamedModel>, name: string): NamedModel {
  const model = models.get(name);
  if (model) return model;
  const there = models.size === 0 ? 'none; createModel makes one' : [...models.keys()].join(', ');
  throw new QualmError('model-missing', `predict: there is no model ${JSON.stringify(name)}; the models are: ${there}`);
}

function assertModel(where: string, model: unknown): SparkModel {
  assertOptions(where, model, "{ folder: { upload: 'qualm-model-1a2b3c.tgz' }, spec: 'spec.json' }", 'the model');
  const { folder, spec, form } = model as Partial<SparkModel>;
  assertText(where, 'spec', spec, 'the place of a spec, such as spec.json');
  if (folder !== undefined && folder !== null) assertSource(where, 'folder', folder, ['upload', 'archive', 'path']);
  if (form !== undefined) assertChoice(where, 'form', form, ['class_scores', 'detections']);
  return model as SparkModel;
}

function assertPredictOptions(options: PredictOptions): void {
  assertOptions('predict', options, "{ from: 'photos', model: 'yolox', into: 'predictions' }");
  assertText('predict', 'from', options.from, 'the name of a table, such as photos');
  assertText('predict', 'into', options.into, 'the name of a table, such as predictions');
  const { id, image, rows, form } = options;
  if (id !== undefined) assertText('predict', 'id', id, 'the name of a column');
  if (image !== undefined) assertText('predict', 'image', image, 'the name of a column');
  if (rows !== undefined) assertChoice('predict', 'rows', rows, ['images', 'boxes']);
  if (form !== undefined) assertChoice('predict', 'form', form, ['class_scores', 'detections']);
  for (const name of ['imagesPerPartition', 'topK', 'threads', 'stall'] as const) {
    if (options[name] !== undefined) assertWhole('predict', name, options[name], 1);
  }
  const { minScore } = options;
  if (minScore !== undefined && !(minScore >= 0 && minScore <= 1)) {
    throw new RangeError(`predict: minScore is ${String(minScore)}; expected a number from 0 to 1`);
  }
}
