import type { Writable } from 'node:stream';
import { formOf } from '@qualm/types';
import type { OpenUri } from '@qualm/types';
import { heads } from '@qualm/vision/heads';
import { workerFingerprint } from '../fingerprint.ts';
import { serveLines } from '../lines/serve-lines.ts';
import { resolveModel } from '../model/resolve-model.ts';
import { openWorker } from '../open-worker.ts';
import type { OpenWorkerOptions } from '../open-worker.ts';
import { packageVersion } from '../package-version.ts';
import { codeOfEnd, exitCode } from './exit-code.ts';
import { openRemote } from './open-remote.ts';
import { readOptions, usage } from './read-options.ts';
import type { StartOptions } from './read-options.ts';

/** What a process gives its worker. */
export interface Surroundings extends Pick<OpenWorkerOptions, 'cwd'> {
  /** Says how S3 is reached. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly input: AsyncIterable<Uint8Array>;
  readonly output: Writable;
  /** Told in a line why it ended. */
  readonly say: (line: string) => void;
}

/** Runs a command line of `qualm-worker`, and gives its exit code.
 * @throws QualmError what `openWorker` and `serveLines` throw.
 */
export async function run(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const { output, input, say, cwd = '.', env } = surroundings;
  const options = readOptions(args);
  const place = { cwd, open: openRemote(options, env) };
  if (options.help || options.fingerprint) {
    const text = options.help ? usage : `${JSON.stringify(await about(options, place))}\n`;
    await new Promise<void>((done) => output.write(text, () => done()));
    return exitCode.fine;
  }
  const { model = '', stall } = options;
  const worker = await openWorker({ ...options, ...place, model });
  try {
    const { end, answered } = await serveLines({ worker, input, output, stall });
    if (end === 'stalled') say(`nobody has read answers for ${stall} s; ended after ${answered}`);
    return codeOfEnd[end];
  } finally {
    // A run in the middle is waited for at exit.
    void worker.dispose().catch(() => {});
  }
}

/** Where a worker is, and how it reaches others. */
interface Place {
  readonly cwd: string;
  readonly open: OpenUri;
}

async function about(options: StartOptions, { cwd, open }: Place): Promise<object> {
  const { model, minScore, topK, measures } = options;
  const resolved = model === undefined ? undefined : await resolveModel({ ...options, model, cwd, open, heads });
  const subject = resolved && {
    ...resolved,
    form: options.form ?? formOf(resolved.spec, heads),
    headOptions: minScore === undefined ? {} : { minScore },
  };
  return {
    v: 1,
    worker: await workerFingerprint({ ...(subject && { model: subject }), topK, measures, cwd }),
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
    qualm: packageVersion('@qualm/worker'),
  };
}
