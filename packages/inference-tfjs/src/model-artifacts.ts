import { open, readFile, realpath, stat } from 'node:fs/promises';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import type { io } from '@tensorflow/tfjs-core';
import { decodeUtf8, foreignFile, QualmError } from '@qualm/types';
import { assertWeightBytes } from './weight-bytes.ts';

/** Topology and weights of a `model.json` on disk, ready for TF.js. Paths in the weights manifest
 * are not trusted: none leaves the folder of `model.json`, nor by a link unless `followLinks`.
 * @throws QualmError `model-missing`, `model-invalid`, `path-outside`.
 */
export async function readModelArtifacts(modelPath: string, followLinks = false): Promise<io.ModelArtifacts> {
  const json = parse(await existing(readFile(modelPath), modelPath), modelPath);
  const manifest = json.weightsManifest ?? [];
  const folder = dirname(modelPath);
  const paths = manifest.flatMap((group) => group.paths);
  await assertThere(paths, folder, modelPath);
  const shards = await Promise.all(paths.map((path) => shard(folder, path, modelPath, followLinks)));
  for (const { path, file, bytes } of shards) if (bytes < 512) await assertNumbers(path, file, modelPath);
  assertWeightBytes(manifest, shards, modelPath);
  const { weightsManifest: _, ...rest } = json;
  return { ...rest, weightSpecs: manifest.flatMap(({ weights }) => weights), weightData: await join(shards) };
}

interface Shard {
  readonly path: string;
  readonly file: string;
  readonly bytes: number;
}

function parse(bytes: Uint8Array, modelPath: string): io.ModelJSON {
  let json: unknown;
  try {
    json = JSON.parse(decodeUtf8(bytes));
  } catch (cause) {
    const { message } = cause as SyntaxError;
    throw new QualmError(
      'model-invalid',
      `${modelPath} is not JSON (${message}); a TF.js model's main file is its model.json`,
      { cause },
    );
  }
  if (!isModelJson(json)) {
    throw new QualmError(
      'model-invalid',
      `${modelPath} has no "modelTopology" with a "weightsManifest" of paths and weights; convert the model again with tensorflowjs_converter`,
    );
  }
  return json;
}

function isModelJson(json: unknown): json is io.ModelJSON {
  const { modelTopology, weightsManifest = [] } = (json ?? {}) as Partial<io.ModelJSON>;
  return (
    typeof modelTopology === 'object' &&
    Array.isArray(weightsManifest) &&
    weightsManifest.every(
      (group) =>
        Array.isArray(group?.paths) &&
        group.paths.every((path) => typeof path === 'string') &&
        Array.isArray(group.weights) &&
        group.weights.every(({ shape }) => Array.isArray(shape) && shape.every((d) => Number.isInteger(d) && d >= 0)),
    )
  );
}

/** Before any is read, so that all that lack are named. */
async function assertThere(paths: readonly string[], folder: string, modelPath: string): Promise<void> {
  const inside = paths.filter((path) => !leaves(folder, resolve(folder, path)));
  const isThere = await Promise.all(inside.map((path) => isFile(resolve(folder, path))));
  const lacking = inside.filter((_, place) => !isThere[place]);
  if (lacking.length === 0) return;
  const names = lacking.slice(0, 3).map((path) => `"${path}"`);
  const more = lacking.length > 3 ? ` and ${lacking.length - 3} more` : '';
  const count = paths.length === 1 ? 'its weight file' : `${lacking.length} of its ${paths.length} weight files`;
  const are = lacking.length === 1 ? 'is' : 'are';
  throw new QualmError(
    'model-missing',
    `${modelPath}: ${count}, ${names.join(', ')}${more}, ${are} not in ${folder}; put all files of the model there`,
  );
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    ({ code }: NodeJS.ErrnoException) => code !== 'ENOENT' && code !== 'ENOTDIR',
  );
}

async function shard(folder: string, path: string, modelPath: string, followLinks: boolean): Promise<Shard> {
  const named = resolve(folder, path);
  if (leaves(folder, named)) {
    throw new QualmError(
      'path-outside',
      `${modelPath}: weights "${path}" lie outside ${folder}; keep them beside model.json`,
    );
  }
  const file = await existing(realpath(named), named);
  if (!followLinks && leaves(await existing(realpath(folder), folder), file)) {
    throw new QualmError(
      'path-outside',
      `${modelPath}: weights "${path}" are a link, or behind one, that leads out of ${folder}; expected the file itself`,
    );
  }
  return { path, file, bytes: (await stat(file)).size };
}

/** What stands for a file is small. */
async function assertNumbers(path: string, file: string, modelPath: string): Promise<void> {
  const foreign = foreignFile(await readFile(file));
  if (foreign?.kind !== 'git-lfs') return;
  throw new QualmError('model-invalid', `${modelPath}: weights "${path}" are ${foreign.what}; ${foreign.advice}`);
}

function leaves(folder: string, file: string): boolean {
  const inside = relative(folder, file);
  return inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside);
}

async function join(shards: readonly Shard[]): Promise<ArrayBuffer> {
  const data = new Uint8Array(shards.reduce((sum, { bytes }) => sum + bytes, 0));
  let offset = 0;
  for (const { file, bytes } of shards) {
    await readInto(file, data.subarray(offset, offset + bytes));
    offset += bytes;
  }
  return data.buffer;
}

async function readInto(path: string, target: Uint8Array): Promise<void> {
  const file = await open(path);
  try {
    for (let at = 0; at < target.length;) {
      const { bytesRead } = await file.read(target, at, target.length - at, at);
      if (bytesRead === 0) throw new QualmError('model-invalid', `${path} ended early while it was read`);
      at += bytesRead;
    }
  } finally {
    await file.close();
  }
}

async function existing<T>(work: Promise<T>, path: string): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code === 'ENOENT' ? 'model-missing' : 'io';
    throw new QualmError(code, `cannot read ${path}: ${(cause as Error).message}; check the model's folder`, { cause });
  }
}
