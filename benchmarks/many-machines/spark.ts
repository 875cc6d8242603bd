import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Contender } from './contender.ts';
import { boxesOf } from './qualm.ts';

const script = join(import.meta.dirname, 'with-spark.ts');
const tsx = createRequire(import.meta.url).resolve('tsx/cli');

/** qualm on a Spark of its own, with so many executors of one core. The services of Spark are
 * started and ended with it. */
export function onSpark(executors: number): Contender {
  return {
    name: `qualm on Spark, ${executors} ${executors === 1 ? 'executor' : 'executors'}`,
    cores: executors,
    steps: (job) => {
      const file = join(job.folder, 'job.json');
      mkdirSync(job.folder, { recursive: true });
      writeFileSync(file, JSON.stringify({ ...job, executors }));
      return [[{ program: process.execPath, args: [tsx, script, file] }]];
    },
    boxes: ({ folder }) => boxesOf(join(folder, 'spark/warehouse/boxes/*.parquet')),
  };
}
