import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { QualmError } from '@qualm/types';
import { createModelCache } from './cache/create-model-cache.ts';
import type { FetchOptions } from './cache/create-model-cache.ts';
import type { Artifacts } from './artifacts/artifacts.ts';
import { logModel } from './logging/log-model.ts';
import type { MlflowModel, MlflowRegistry, MlflowRegistryOptions, ResolveOptions } from './mlflow-registry.ts';
import { isPickle } from './model/is-pickle.ts';
import { readContents } from './model/read-contents.ts';
import type { ModelContents } from './model/read-contents.ts';
import { readRikaiTags } from './model/rikai-tags.ts';
import { createFolderStore } from './stores/create-folder-store.ts';
import { createRestStore } from './stores/create-rest-store.ts';
import { createSqliteStore } from './stores/create-sqlite-store.ts';
import type { ModelStore, StoreWriter } from './stores/model-store.ts';
import { findModel } from './stores/find-model.ts';
import type { FoundModel } from './stores/find-model.ts';
import { parseStoreUri } from './uri/store-uri.ts';

/** The folder that is used where no place is named. It is qualm's own: a folder `mlruns` would change what Python does. */
export const defaultFolder = 'qualm-models';

/** Models in MLflow: behind a server, in a folder, or in a SQLite file. Nothing is reached before it is asked for.
 * @throws QualmError `unsupported` for a place that cannot be reached, saying why.
 * @example const registry = createMlflowRegistry({ trackingUri: 'http://localhost:5000' });
 */
export function createMlflowRegistry(options: MlflowRegistryOptions = {}): MlflowRegistry {
  const { trackingUri = defaultFolder, registryUri, maxModelBytes = 16 * 2 ** 30, cwd = process.cwd() } = options;
  const tracking = createStore(trackingUri, cwd, options);
  const registry = registryUri === undefined ? tracking : createStore(registryUri, cwd, options);
  const cache = createModelCache({
    folder: resolve(cwd, options.cacheFolder ?? defaultCacheFolder()),
    ...(options.maxCacheBytes !== undefined && { maxBytes: options.maxCacheBytes }),
    ...(options.concurrency !== undefined && { concurrency: options.concurrency }),
  });

  async function open(
    uri: string,
    { signal, spec }: Pick<ResolveOptions, 'signal' | 'spec'>,
  ): Promise<{ model: MlflowModel; contents: ModelContents; artifacts: Artifacts }> {
    const found = await findModel(uri, tracking, registry, signal);
    const artifacts = await found.store.artifacts(found.location, found, { signal });
    const contents = await readContents(artifacts, { tags: found.tags, given: spec, settings: options, signal });
    return { model: modelOf(found, contents), contents, artifacts };
  }

  async function fetch(
    { contents, artifacts }: { readonly contents: ModelContents; readonly artifacts: Artifacts },
    { verify = false, onProgress, signal }: ResolveOptions,
  ): Promise<string> {
    if (artifacts.folder !== null) return artifacts.folder;
    const wanted = contents.files.filter(({ path }) => !isPickle(path));
    const asked: FetchOptions = {
      digests: contents.digests,
      read: contents.texts,
      verify,
      maxModelBytes,
      settings: options,
      onProgress,
      signal,
    };
    return cache.fetch(artifacts, wanted, asked);
  }

  return {
    uri: registry.uri,
    about: (asked) => registry.about(asked),
    async resolve(uri, asked = {}) {
      const opened = await open(uri, asked);
      const { spec, why } = opened.contents;
      if (spec === null)
        throw new QualmError(
          'unsupported',
          `${uri}: qualm cannot run this model: ${why ?? ''}; give a spec (--spec) if that is what lacks`,
        );
      return { spec, root: await fetch(opened, asked), model: opened.model };
    },
    describe: async (uri, asked = {}) => (await open(uri, asked)).model,
    async pull(uri, asked = {}) {
      const opened = await open(uri, asked);
      return { root: await fetch(opened, asked), model: opened.model };
    },
    list: async (asked) => [...(await registry.registeredModels(asked))].sort((a, b) => (a.name < b.name ? -1 : 1)),
    registeredModel: (name, asked) => registry.registeredModel(name, asked),
    async versions(name, asked) {
      if (await registry.registeredModel(name, asked)) return registry.versions(name, asked);
      throw new QualmError(
        'model-missing',
        `${registry.uri}: no registered model "${name}"; qualm models ls shows all`,
      );
    },
    logModel: (asked) => logModel(tracking, registry, asked, writerOf),
    setAlias: async (name, alias, version, asked) => writerOf(registry).setAlias(name, alias, version, asked),
    deleteAlias: async (name, alias, asked) => writerOf(registry).deleteAlias(name, alias, asked),
    deleteVersion: async (name, version, asked) => writerOf(registry).deleteVersion(name, version, asked),
    deleteModel: async (name, asked) => writerOf(registry).deleteModel(name, asked),
    async dispose() {
      await tracking.dispose();
      if (registry !== tracking) await registry.dispose();
    },
  };
}

function createStore(uri: string, cwd: string, options: MlflowRegistryOptions): ModelStore {
  const place = parseStoreUri(uri, cwd);
  if (place.kind === 'folder') return createFolderStore(place.path);
  if (place.kind === 'sqlite') return createSqliteStore(place.path);
  const { username = place.username, password = place.password } = options;
  return createRestStore(place.url, { ...options, username, password });
}

function writerOf({ writer, uri, writeHint }: ModelStore): StoreWriter {
  if (writer) return writer;
  throw new QualmError('unsupported', `${uri} is only read; ${writeHint ?? 'use a server'}`);
}

function modelOf(found: FoundModel, contents: ModelContents): MlflowModel {
  const { uri, registered, version, modelId, runId, tags, params } = found;
  const { digests: _digests, texts: _texts, ...told } = contents;
  return { uri, registered, version, modelId, runId, tags, params, rikai: readRikaiTags(tags), ...told };
}

function defaultCacheFolder(): string {
  const home = homedir();
  if (process.platform === 'darwin') return join(home, 'Library/Caches/qualm/mlflow');
  if (process.platform === 'win32') return join(home, 'AppData/Local/qualm/Cache/mlflow');
  return join(home, '.cache/qualm/mlflow');
}
