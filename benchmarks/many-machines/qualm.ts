import { join } from 'node:path';
import type { Command, Contender, Job } from './contender.ts';

const program = join(import.meta.dirname, '../../packages/cli/bin/qualm.js');

/** One process with a session. */
export const oneProcess: Contender = {
  name: 'qualm, one process',
  cores: 1,
  steps: (job) => [[predict(job, join(job.folder, 'predictions'))]],
  boxes: ({ folder }) => boxesOf(join(folder, 'predictions/*.parquet')),
};

/** Processes with a share and a session each, then `qualm merge`. */
export function shares(count: number): Contender {
  return {
    name: `qualm, ${count} shares and merge`,
    cores: count,
    steps: (job) => {
      const folders = Array.from({ length: count }, (_, i) => join(job.folder, `share-${i + 1}`));
      return [
        folders.map((folder, i) => predict(job, folder, '--shard', `${i + 1}/${count}`)),
        [qualm('merge', ...folders, '--out', join(job.folder, 'predictions'))],
      ];
    },
    boxes: ({ folder }) => boxesOf(join(folder, 'predictions/*.parquet')),
  };
}

function predict({ images, spec, models, minScore }: Job, out: string, ...more: readonly string[]): Command {
  return qualm(
    ...['predict', '--images', images, '--model', spec, '--model-root', models, '--device', 'cpu'],
    ...['--sessions', '1', '--threads', '1'],
    ...['--form', 'detections', '--min-score', String(minScore), '--out', out, ...more],
  );
}

function qualm(...args: readonly string[]): Command {
  return { program: process.execPath, args: [program, ...args] };
}

/** The boxes in files of predictions, as `Contender` wants them. */
export function boxesOf(files: string): string {
  return `SELECT id, d.label_id, d.score, d.box.xmin, d.box.ymin, d.box.xmax, d.box.ymax FROM (
    SELECT image_id AS id, unnest(detections) AS d FROM '${files}')`;
}
