import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import pMap from 'p-map';
import { QualmError } from '@qualm/types';
import type { ModelSpec } from '@qualm/types';
import { toModelSpec } from '@qualm/types/to-model-spec';
import { hashFile } from '../cache/hash-file.ts';
import { isPickle } from '../model/is-pickle.ts';
import { digestFile, qualmTags, specFile } from '../model/qualm-tags.ts';
import { assertSignatureFits } from '../model/signature.ts';
import type { Signature } from '../model/signature.ts';
import type { ModelVersion, Tags } from '../stores/entities.ts';
import type { ModelStore, StoreWriter, UploadFile } from '../stores/model-store.ts';
import { aliasName, artifactPath, modelName } from '../uri/names.ts';
import { environmentFiles } from './environment-files.ts';
import { mlmodelText, mlmodelOf } from './mlmodel-of.ts';

/** How far an upload is. */
export interface UploadProgress {
  readonly bytes: number;
  readonly totalBytes: number;
  readonly files: number;
  readonly totalFiles: number;
}

export interface LogModelOptions {
  /** Files of the model: its path among them, and where it is on this machine. `spec.files.model`
   * is one of them; weights beside an ONNX file, and anything else that should travel, are
   * others. */
  readonly files: Readonly<Record<string, string>>;
  readonly spec: ModelSpec;
  /** What the model takes and gives. Without it Python asks for one at serving. */
  readonly signature?: Signature;
  /** Of the logged model; the registered name, or the spec's, by default. */
  readonly name?: string;
  /** Registers a version of this name; nothing is registered without it. */
  readonly registeredModelName?: string;
  /** Points at the new version. */
  readonly alias?: string | readonly string[];
  readonly tags?: Tags;
  readonly params?: Tags;
  /** Of the version. */
  readonly description?: string;
  /** By name, `Default` when absent; made where there is none. */
  readonly experiment?: string;
  readonly onProgress?: (progress: UploadProgress) => void;
  readonly signal?: AbortSignal;
}

export interface LoggedResult {
  /** `models:/m-<id>`, or `runs:/<id>/model` on MLflow 2. */
  readonly uri: string;
  readonly modelId: string | null;
  readonly runId: string | null;
  /** Null where it was only logged. */
  readonly version: ModelVersion | null;
}

const filesAtOnce = 4;

/** Logs a model and registers it. Nothing is registered before every byte is there: a crash leaves
 * at most a logged model that says PENDING or FAILED.
 */
export async function logModel(
  tracking: ModelStore,
  registry: ModelStore,
  options: LogModelOptions,
  writerOf: (store: ModelStore) => StoreWriter,
): Promise<LoggedResult> {
  const { spec, signature, registeredModelName: registered, description = null, signal, onProgress } = options;
  const where = 'logModel';
  toModelSpec(spec, spec.name);
  if (signature) assertSignatureFits(signature, spec);
  const aliases = [options.alias ?? []].flat().map((alias) => aliasName(alias, where));
  if (registered === undefined && aliases.length > 0)
    throw new QualmError('unsupported', `${where}: an alias needs registeredModelName`);
  if (registered !== undefined) modelName(registered, where);
  const writer = writerOf(tracking);
  const registrar = registered === undefined ? null : writerOf(registry);
  const given = await modelFiles(options.files, spec);
  const nonce = randomUUID();
  const tags = { ...qualmTags(spec), ...options.tags };
  const name = (options.name ?? registered ?? spec.name).replaceAll(/[/:.%"'\\]/g, '-');
  const draft = await writer.begin(
    { experiment: options.experiment ?? 'Default', name, tags, params: options.params ?? {}, nonce },
    { signal },
  );
  try {
    // Hashed while they are sent.
    const hashing = pMap(given, async ({ path, from }) => `${await hashFile(from)}  ${path}\n`, { concurrency: 1 });
    hashing.catch(() => undefined);
    const size = given.reduce((sum, { bytes }) => sum + bytes, 0);
    const mlmodel = mlmodelOf({ spec, draft, signature: signature ?? null, size });
    const texts = {
      ...environmentFiles(spec.flavor),
      [specFile]: `${JSON.stringify(spec, null, 2)}\n`,
    };
    const uploads: UploadFile[] = [
      ...given.map(({ path, bytes, from }) => ({
        path,
        bytes,
        open: (start: number, end: number) => createReadStream(from, { start, end: end - 1 }),
      })),
      ...Object.entries(texts).map(([path, text]) => ofText(path, text)),
    ];
    const progress = progressOf(uploads, onProgress);
    await pMap(
      uploads,
      async (file) => {
        await writer.upload(draft, file, progress.moved, { signal });
        progress.done();
      },
      { concurrency: filesAtOnce },
    );
    const digests = ofText(digestFile, (await hashing).join(''));
    await writer.upload(draft, digests, () => undefined, { signal });
    // Last, so that a folder with an MLmodel is one with everything.
    await writer.upload(draft, ofText('MLmodel', mlmodelText(mlmodel)), () => undefined, { signal });
    await writer.finish(draft, 'READY', mlmodel, { signal });
  } catch (error) {
    await writer.finish(draft, 'FAILED', null).catch(() => undefined);
    if (signal?.aborted) throw new QualmError('aborted', `${where}: aborted`, { cause: signal.reason });
    throw error;
  }
  const { modelId, runId } = draft;
  const uri = modelId === null ? `runs:/${runId}/model` : `models:/${modelId}`;
  if (registrar === null || registered === undefined) return { uri, modelId, runId, version: null };
  const version = await registrar.register({ name: registered, draft, tags, description, nonce }, { signal });
  for (const alias of aliases) await registrar.setAlias(registered, alias, version.version, { signal });
  const named = [...new Set([...version.aliases, ...aliases])].sort();
  return { uri, modelId, runId, version: { ...version, aliases: named } };
}

interface ModelFile {
  readonly path: string;
  readonly from: string;
  readonly bytes: number;
}

async function modelFiles(files: Readonly<Record<string, string>>, spec: ModelSpec): Promise<ModelFile[]> {
  const reserved = new Set(['MLmodel', specFile, digestFile, ...Object.keys(environmentFiles(spec.flavor))]);
  if (!Object.hasOwn(files, spec.files.model))
    throw new QualmError(
      'spec-invalid',
      `logModel: files has no "${spec.files.model}", which files.model of "${spec.name}" names`,
    );
  return Promise.all(
    Object.entries(files).map(async ([path, from]) => {
      artifactPath(path, 'logModel');
      if (reserved.has(path))
        throw new QualmError('unsupported', `logModel: "${path}" is written by qualm; rename yours`);
      if (isPickle(path))
        throw new QualmError('unsupported', `logModel: "${path}" is a pickle, which qualm neither writes nor fetches`);
      const found = await stat(from).catch((cause: unknown) => {
        throw new QualmError('model-missing', `logModel: cannot read ${from} ("${path}"); check the path`, { cause });
      });
      if (!found.isFile()) throw new QualmError('model-missing', `logModel: ${from} ("${path}") is not a file`);
      return { path, from, bytes: found.size };
    }),
  );
}

function ofText(path: string, text: string): UploadFile {
  const bytes = Buffer.from(text, 'utf8');
  return { path, bytes: bytes.length, open: (start, end) => Readable.from([bytes.subarray(start, end)]) };
}

function progressOf(
  uploads: readonly UploadFile[],
  onProgress: ((progress: UploadProgress) => void) | undefined,
): { moved: (bytes: number) => void; done: () => void } {
  const totalBytes = uploads.reduce((sum, { bytes }) => sum + bytes, 0);
  let bytes = 0;
  let files = 0;
  const tell = (): void => onProgress?.({ bytes, totalBytes, files, totalFiles: uploads.length });
  tell();
  return {
    moved(more) {
      bytes += more;
      tell();
    },
    done() {
      files++;
      tell();
    },
  };
}
