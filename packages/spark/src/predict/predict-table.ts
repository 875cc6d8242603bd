import { QualmError, workerVersion } from '@qualm/types';
import type { SparkSession } from '../connect/spark-session.ts';
import type { SparkModel } from '../models/spark-model.ts';
import type { TaskFolders } from '../models/task-folders.ts';
import { besideTable, quoteTable } from '../texts/names.ts';
import { boxesText, stagingText } from '../texts/staging-text.ts';
import { workerCommand } from '../texts/worker-command.ts';
import { checkSource } from './check-source.ts';
import type { CheckedSource } from './check-source.ts';
import type { PredictedTable, PredictOptions, PredictProgress } from './predict-options.ts';
import { proveTable } from './prove-table.ts';
import { assertNoTable, saysTableExists, tableExists } from './table-exists.ts';
import { workerArguments } from './worker-arguments.ts';
import { workerIdentity } from './worker-fingerprint.ts';
import { workerTrouble } from './worker-trouble.ts';

/** What a prediction needs beside what was asked. */
export interface PredictWith {
  readonly session: SparkSession;
  readonly folders: TaskFolders;
  readonly model: SparkModel;
  /** What tells this run's tables from all others'. */
  readonly run: string;
}

/** Predicts into tables of the run's own, proves them, and gives the proven one its name.
 * @throws QualmError: see `Spark.predict`.
 */
export async function predictTable(
  { session, folders, model, run }: PredictWith,
  options: PredictOptions,
): Promise<PredictedTable> {
  const { from, id = 'image_id', image = 'image', into, rows = 'images', signal, onProgress } = options;
  const source = { from, id, image };
  const abort = signal ? { signal } : {};
  const form = { form: options.form ?? model.form ?? 'class_scores', shapes: model.shapes ?? [] };
  let progress: PredictProgress = { phase: 'checking', images: null, tasks: 0, completedTasks: 0 };
  const report = (more: Partial<PredictProgress>): void => onProgress?.((progress = { ...progress, ...more }));

  report({});
  await assertNoTable(session, into, signal);
  const checked = await checkSource(session, source, signal);
  const place = { folder: model.folder ? await folders.folder(model.folder, signal) : null, spec: model.spec };
  const program = await folders.worker(signal);
  const words = workerArguments(model, form.form, options);
  const identity = await workerIdentity(
    'predict',
    session,
    workerCommand(program, place, [...words, '--fingerprint']),
    signal,
  );

  const staging = besideTable('predict', into, `qualm_run_${run}`);
  const boxes = besideTable('predict', into, `qualm_run_${run}_boxes`);
  const properties = propertiesOf(options, checked, identity.worker);
  const partitions = Math.max(1, Math.ceil(checked.images / (options.imagesPerPartition ?? 500)));
  report({ phase: 'predicting', images: checked.images });
  try {
    await session
      .sql(stagingText(source, { name: staging, ...checked, partitions, form, properties }), {
        ...{ parameters: { command: workerCommand(program, place, words), worker: identity.worker }, ...abort },
        onProgress: ({ tasks, completedTasks }) => report({ tasks, completedTasks }),
      })
      .catch((error: unknown) => {
        throw workerTrouble('predict', error);
      });
    report({ phase: 'proving' });
    const proven = await proveTable(session, source, checked.kind, { table: staging, images: checked.images, signal });
    if (rows === 'boxes') {
      await session.sql(boxesText(staging, boxes, properties), abort);
      await assertAllBoxes(session, boxes, proven.boxes);
    }
    await rename(session, rows === 'boxes' ? boxes : staging, into);
    return {
      ...{ table: into, images: checked.images, failed: proven.failed, boxes: proven.boxes },
      ...{ partitions, worker: identity.worker },
    };
  } finally {
    await dropTables(session, rows === 'boxes' ? [staging, boxes] : [staging]);
  }
}

async function assertAllBoxes(session: SparkSession, boxes: string, expected: number): Promise<void> {
  const [row] = await (await session.sql(`SELECT count(*) AS boxes FROM ${boxes}`)).rows();
  const stored = Number(row?.['boxes']);
  if (stored === expected) return;
  throw new QualmError(
    'incomplete',
    `predict: ${stored} of ${expected} boxes were stored; the table was not made; run it again`,
  );
}

/** A name is given once: of two runs into one table the second fails here. */
async function rename(session: SparkSession, table: string, into: string): Promise<void> {
  try {
    await session.sql(`ALTER TABLE ${table} RENAME TO ${quoteTable('predict', into)}`);
  } catch (error) {
    throw saysTableExists(error) ? tableExists(into, error) : error;
  }
}

/** What was wrong with the run is said, not what was wrong with tidying up. */
async function dropTables(session: SparkSession, tables: readonly string[]): Promise<void> {
  for (const table of tables) await session.sql(`DROP TABLE IF EXISTS ${table}`).catch(() => undefined);
}

function propertiesOf(
  { from, minScore, topK }: PredictOptions,
  { images }: CheckedSource,
  worker: string,
): Readonly<Record<string, string>> {
  return {
    'qualm.answers': String(workerVersion),
    'qualm.worker': worker,
    'qualm.from': from,
    'qualm.images': String(images),
    ...(minScore !== undefined && { 'qualm.min_score': String(minScore) }),
    ...(topK !== undefined && { 'qualm.top_k': String(topK) }),
  };
}
