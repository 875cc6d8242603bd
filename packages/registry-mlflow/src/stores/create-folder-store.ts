import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { QualmError } from '@qualm/types';
import { entityId, modelName } from '../uri/names.ts';
import { loggedModelOf, stageOf } from '../uri/model-uri.ts';
import type { LoggedModel, ModelVersion, RegisteredModel, Run, Tags } from './entities.ts';
import { createFolderWriter } from './create-folder-writer.ts';
import { deletedStage } from './limits.ts';
import { localArtifacts, localPath } from './local-artifacts.ts';
import type { ModelStore } from './model-store.ts';
import { readSmallFile, readYaml } from './yaml-file.ts';

type Meta = Readonly<Record<string, unknown>>;

/** A store in the layout of MLflow's file store, which needs no server. Nothing is made until
 * something is logged.
 * @param root absolute path of the folder.
 */
export function createFolderStore(root: string): ModelStore {
  const modelFolder = (name: string): string => join(root, 'models', modelName(name, 'registry'));

  async function aliases(name: string): Promise<Record<string, number>> {
    const files = await readTexts(join(modelFolder(name), 'aliases'));
    return Object.fromEntries(Object.entries(files).map(([alias, version]) => [alias, Number(version)]));
  }

  async function version(name: string, number: number): Promise<ModelVersion | null> {
    const folder = join(modelFolder(name), `version-${number}`);
    const meta = await readYaml(join(folder, 'meta.yaml'));
    if (!meta || text(meta, 'current_stage') === deletedStage) return null;
    const source = text(meta, 'source') ?? '';
    const named = await aliases(name);
    return {
      name,
      version: number,
      source,
      runId: text(meta, 'run_id'),
      modelId: text(meta, 'model_id') ?? loggedModelOf(source),
      stage: text(meta, 'current_stage') ?? 'None',
      status: statusOf(text(meta, 'status')),
      statusMessage: text(meta, 'status_message'),
      description: text(meta, 'description'),
      tags: await readTexts(join(folder, 'tags')),
      aliases: Object.keys(named).filter((alias) => named[alias] === number),
      createdAt: date(meta, 'creation_timestamp'),
      updatedAt: date(meta, 'last_updated_timestamp'),
    };
  }

  async function versions(name: string): Promise<readonly ModelVersion[]> {
    const numbers = (await names(modelFolder(name)))
      .flatMap((entry) => /^version-([1-9]\d{0,8})$/.exec(entry)?.[1] ?? [])
      .map(Number)
      .sort((a, b) => b - a);
    const found = await Promise.all(numbers.map((number) => version(name, number)));
    return found.filter((one) => one !== null);
  }

  async function registeredModel(name: string): Promise<RegisteredModel | null> {
    const folder = modelFolder(name);
    const meta = await readYaml(join(folder, 'meta.yaml'));
    if (!meta) return null;
    const all = await versions(name);
    return {
      name,
      description: text(meta, 'description'),
      tags: await readTexts(join(folder, 'tags')),
      aliases: await aliases(name),
      latest: all[0] ?? null,
      stages: Object.fromEntries(
        [...all].reverse().flatMap(({ stage, version: at }) => (stageOf(stage) ? [[stage, at]] : [])),
      ),
      createdAt: date(meta, 'creation_timestamp'),
      updatedAt: date(meta, 'last_updated_timestamp'),
    };
  }

  /** The folder of a run or logged model, in whichever experiment it is. */
  async function find(...below: readonly string[]): Promise<{ folder: string; meta: Meta } | null> {
    for (const experiment of await names(root)) {
      if (!/^[a-zA-Z0-9][\w-]*$/.test(experiment) || experiment === 'models') continue;
      const folder = join(root, experiment, ...below);
      const meta = await readYaml(join(folder, 'meta.yaml'));
      if (meta && text(meta, 'lifecycle_stage') !== 'deleted') return { folder, meta };
    }
    return null;
  }

  async function loggedModel(modelId: string): Promise<LoggedModel | null> {
    const found = await find('models', entityId(modelId, 'registry'));
    if (!found) return null;
    const { folder, meta } = found;
    return {
      modelId,
      name: text(meta, 'name') ?? '',
      experimentId: text(meta, 'experiment_id') ?? '',
      status: (['PENDING', 'READY', 'FAILED'] as const)[Number(meta['status']) - 1] ?? 'UNKNOWN',
      runId: text(meta, 'source_run_id'),
      location: await moved(text(meta, 'artifact_location'), join(folder, 'artifacts')),
      tags: await readTexts(join(folder, 'tags')),
      params: await readTexts(join(folder, 'params')),
      createdAt: date(meta, 'creation_timestamp'),
    };
  }

  async function run(runId: string): Promise<Run | null> {
    const found = await find(entityId(runId, 'registry'));
    if (!found) return null;
    const { folder, meta } = found;
    return {
      runId,
      experimentId: text(meta, 'experiment_id') ?? '',
      location: await moved(text(meta, 'artifact_uri'), join(folder, 'artifacts')),
      tags: await readTexts(join(folder, 'tags')),
      params: await readTexts(join(folder, 'params')),
    };
  }

  return {
    uri: pathToFileURL(root).href,
    about: async () => "a folder in MLflow's layout",
    registeredModel,
    async registeredModels() {
      const entries = await names(join(root, 'models'));
      const found = await Promise.all(entries.filter(isPlain).map(registeredModel));
      return found.filter((model) => model !== null);
    },
    versions,
    version,
    async locatedVersion(name, number) {
      const found = await version(name, number);
      if (!found) return null;
      const { modelId, runId, source } = found;
      const model = modelId === null ? null : await loggedModel(modelId);
      if (model) return { version: found, location: model.location };
      const meta = await readYaml(join(modelFolder(name), `version-${number}`, 'meta.yaml'));
      const location = (meta && text(meta, 'storage_location')) ?? source;
      const [, below] = (runId !== null && location.split(`/${runId}/artifacts/`)) || [];
      const of = below === undefined ? null : await run(runId!);
      return { version: found, location: of ? `${of.location.replace(/\/+$/, '')}/${below}` : location };
    },
    loggedModel,
    async loggedModelOfRun(runId, name) {
      const found = await find(entityId(runId, 'registry'));
      const made = found ? await names(join(found.folder, 'outputs')) : [];
      const models = await Promise.all(made.filter((id) => /^m-[0-9a-f]{32}$/.test(id)).map(loggedModel));
      const named = models.filter((model) => model !== null && model.name === name);
      return named.sort((a, b) => b!.createdAt.getTime() - a!.createdAt.getTime())[0] ?? null;
    },
    run,
    artifacts: (location) => localArtifacts(location),
    writer: createFolderWriter(root, { registeredModel, versions, version }),
    dispose: async () => undefined,
  };
}

/** The location that was written down, or where the files are now, where the whole store was moved.
 */
async function moved(location: string | null, here: string): Promise<string> {
  const written = location === null ? null : localPath(location);
  if (location !== null && (written === null || (await names(written, true)) !== null)) return location;
  return pathToFileURL(here).href;
}

async function names(folder: string): Promise<readonly string[]>;
async function names(folder: string, orNull: true): Promise<readonly string[] | null>;
async function names(folder: string, orNull = false): Promise<readonly string[] | null> {
  try {
    return (await readdir(folder)).sort();
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return orNull ? null : [];
    throw new QualmError('io', `registry: cannot read ${folder} (${code}); check its permissions`, { cause });
  }
}

/** The texts of a folder of small files, by path: a tag "a/b" is a file b in a folder a. */
async function readTexts(folder: string): Promise<Tags> {
  const texts: [string, string][] = [];
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    if (!entry.isFile() || entry.name.endsWith('.tmp')) continue;
    const path = join(entry.parentPath, entry.name);
    const content = await readSmallFile(path);
    if (content !== null) texts.push([path.slice(folder.length + 1).replaceAll('\\', '/'), content]);
  }
  return Object.fromEntries(texts.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function isPlain(name: string): boolean {
  return !name.startsWith('.') && !/[:@%\\]/.test(name);
}

function text(meta: Meta, key: string): string | null {
  const value = meta[key];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}

function date(meta: Meta, key: string): Date {
  const value = Number(meta[key]);
  return new Date(Number.isFinite(value) ? value : 0);
}

function statusOf(status: string | null): ModelVersion['status'] {
  return status === 'PENDING_REGISTRATION' || status === 'FAILED_REGISTRATION' ? status : 'READY';
}
