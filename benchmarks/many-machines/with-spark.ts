import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { openFolder } from '@qualm/datasets';
import { connect, createSpark } from '@qualm/spark';
import { workerProgram } from '../../integration/src/real-worker.ts';
import { startSpark } from '../../integration/src/spark.ts';
import type { Job } from './contender.ts';

/* Usage: tsx benchmarks/many-machines/with-spark.ts job.json
 *
 * Starts a Spark with so many executors of one core, predicts the job's photographs into a table,
 * and ends it. */

const job = JSON.parse(readFileSync(process.argv[2]!, 'utf8')) as Job & { readonly executors: number };
const { folder, executors, minScore } = job;

/** A task should not be so small that starting a worker is what it does. */
const mostInTask = 500;

const server = await startSpark(join(folder, 'spark'), { master: `local-cluster[${executors},1,700]` });
try {
  const spark = createSpark(await connect(server.address), { worker: { command: workerProgram } });
  spark.createModel('detector', { spec: modelFolder() });
  const photographs = [...(await openFolder(job.images))];
  const rows = photographs.map(({ image_id, image }) => ({ image_id, image: image.uri }));
  await spark.session.sql(
    "CREATE TABLE photographs AS SELECT inline(from_json(:rows, 'ARRAY<STRUCT<image_id: STRING, image: STRING>>'))",
    { parameters: { rows: JSON.stringify(rows) } },
  );
  const imagesPerPartition = Math.min(mostInTask, Math.ceil(rows.length / executors));
  const asked = { from: 'photographs', model: 'detector', into: 'boxes', form: 'detections', minScore } as const;
  await spark.predict({ ...asked, imagesPerPartition });
  await spark.close();
} finally {
  await server.stop();
}

/** The spec beside the files of its model, as a worker wants it. */
function modelFolder(): string {
  const place = join(folder, 'model');
  mkdirSync(place, { recursive: true });
  const { files } = JSON.parse(readFileSync(job.spec, 'utf8')) as { readonly files: Readonly<Record<string, string>> };
  for (const file of Object.values(files)) copyFileSync(join(job.models, file), join(place, file));
  const spec = join(place, basename(job.spec));
  copyFileSync(job.spec, spec);
  return spec;
}
