import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { modelIdentity } from '@qualm/pipeline';
import type { IdentitySubject } from '@qualm/pipeline';
import { assertOptions, QualmError, workerVersion } from '@qualm/types';
import { namesModule } from '@qualm/strategies/names';
import { placeOfExport } from './measures/import-export.ts';
import { parseMeasure } from './measures/read-measure.ts';
import { packageVersion } from './package-version.ts';

/** What decides the answers of a worker. */
export interface FingerprintOptions {
  /** The model and how it is loaded; none for a worker that has none yet. */
  readonly model?: IdentitySubject;
  readonly topK?: number | undefined;
  readonly measures?: readonly string[];
  /** What paths among the measures are relative to. */
  readonly cwd?: string;
}

/** A SHA-256 in hex over the versions of worker and runtime, the model's content and the options:
 * the same on every machine and at every path, and another when answers may differ. Of a measure in
 * a file of yours it covers that file, and not what the file imports.
 * @throws QualmError as `modelIdentity` does; `options-invalid` for a measure that cannot be read.
 * @example await workerFingerprint({ model: await readModelSpec('yolox.json') }) // '9f86d081884c7d65...'
 */
export async function workerFingerprint(options: FingerprintOptions): Promise<string> {
  assertOptions('workerFingerprint', options, '{ model }');
  const { model, topK, measures = [], cwd = '.' } = options;
  const parts = [
    ['lines', String(workerVersion)],
    ['worker', packageVersion('@qualm/worker')],
    ['runtime', packageVersion('onnxruntime-node')],
    ...(model ? Object.entries(await modelIdentity(model)).map(([name, value]) => [`model ${name}`, value]) : []),
    ['kept', String(topK ?? 'all')],
    ...(await Promise.all(measures.map(async (text) => ['measure', await identityOf(text, cwd)]))),
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/** A path says where a strategy is and not what it is. */
async function identityOf(text: string, cwd: string): Promise<string> {
  const { strategy } = parseMeasure(text);
  if (!namesModule(strategy)) return text;
  const { path, exported } = placeOfExport(strategy, cwd);
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new QualmError('options-invalid', `--measure: ${path} cannot be read; check the path`, { cause });
  });
  const rest = text.slice(strategy.length);
  return `${createHash('sha256').update(bytes).digest('hex')}#${exported}${rest}`;
}
