import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Contender } from './contender.ts';

const scripts = join(import.meta.dirname, '../python/many_machines');

/** A script that gets the job as a file, and writes Parquet with `id` and lists of `boxes`,
 * `scores` and `label_ids`.
 * @param python the interpreter of an environment that has what it needs.
 */
export function pythonScript(name: string, script: string, python: string, cores: number): Contender {
  return {
    name,
    cores,
    steps: (job) => {
      const file = join(job.folder, 'job.json');
      mkdirSync(job.folder, { recursive: true });
      writeFileSync(file, JSON.stringify({ ...job, cores, out: join(job.folder, 'boxes') }));
      return [[{ program: python, args: [join(scripts, script), file], env: { PYTHONPATH: scripts } }]];
    },
    boxes: ({ folder }) => `SELECT id, label_ids[i] AS label_id, scores[i] AS score, boxes[4 * i - 3] AS xmin,
      boxes[4 * i - 2] AS ymin, boxes[4 * i - 1] AS xmax, boxes[4 * i] AS ymax FROM (
      SELECT *, unnest(range(1, len(scores) + 1)) AS i FROM '${join(folder, 'boxes/*.parquet')}')`,
  };
}
