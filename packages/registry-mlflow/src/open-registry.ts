import { QualmError } from '@qualm/types';
import type { FetchOptions } from './cache/create-model-cache.ts';
import type { Artifacts } from './artifacts/artifacts.ts';
import type { MlflowModel, MlflowRegistry, MlflowRegistryOptions, ResolveOptions } from './mlflow-registry.ts';
import { isPickle } from './model/is-pickle.ts';
import { readContents } from './model/read-contents.ts';
import type { ModelContents } from './model/read-contents.ts';
import { readRikaiTags } from './model/rikai-tags.ts';
import type { ModelStore, StoreWriter } from './stores/model-store.ts';
import { findModel } from './stores/find-model.ts';
import type { FoundModel } from './stores/find-model.ts';
import type { StoreLocation } from './uri/store-uri.ts';

/** Where the parts of a registry are, relative paths resolved. */
export interface RegistryPlaces {
  readonly tracking: StoreLocation;
  /** The same object where registered models are there as well. */
  readonly registry: StoreLocation;
  readonly cacheFolder: string;
}

/** The registry of these places. Loaded when it is first asked for something, and of its stores
 * those that are meant.
 */
export async function openRegistry(
  places: RegistryPlaces,
  options: MlflowRegistryOptions,
): Promise<Omit<MlflowRegistry, 'uri'>> {
  const { maxModelBytes = 16 * 2 ** 30, maxCacheBytes, concurrency } = options;
  const tracking = await openStore(places.tracking, options);
  const registry = places.registry === places.tracking ? tracking : await openStore(places.registry, options);

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
    const { createModelCache } = await import('./cache/create-model-cache.ts');
    const cache = createModelCache({
      folder: places.cacheFolder,
      ...(maxCacheBytes !== undefined && { maxBytes: maxCacheBytes }),
      ...(concurrency !== undefined && { concurrency }),
    });
    return cache.fetch(artifacts, wanted, asked);
  }

  return {
    about: (asked) => registry.about(asked),
    async resolve(uri, asked = {}) {
      const opened = await open(uri, asked);
      const { spec, labelsFrom, why } = opened.contents;
      if (spec === null)
        throw new QualmError(
          'unsupported',
          `${uri}: qualm cannot run this model: ${why ?? ''}; give a spec (--spec) if that is all that is missing`,
        );
      const root = await fetch(opened, asked);
      return { spec, root, ...(labelsFrom !== null && { labelsFrom }), model: opened.model };
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
    async logModel(asked) {
      const { logModel } = await import('./logging/log-model.ts');
      return logModel(tracking, registry, asked, writerOf);
    },
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

async function openStore(place: StoreLocation, options: MlflowRegistryOptions): Promise<ModelStore> {
  switch (place.kind) {
    case 'folder':
      return (await import('./stores/create-folder-store.ts')).createFolderStore(place.path);
    case 'sqlite':
      return (await import('./stores/create-sqlite-store.ts')).createSqliteStore(place.path);
    case 'rest': {
      const { username = place.username, password = place.password } = options;
      const { createRestStore } = await import('./stores/create-rest-store.ts');
      return createRestStore(place.url, { ...options, username, password });
    }
  }
}

function writerOf({ writer, uri, writeHint }: ModelStore): StoreWriter {
  if (writer) return writer;
  throw new QualmError('unsupported', `${uri} is read-only; ${writeHint ?? 'use a server'}`);
}

function modelOf(found: FoundModel, contents: ModelContents): MlflowModel {
  const { uri, registered, version, modelId, runId, tags, params } = found;
  const { digests: _digests, texts: _texts, ...told } = contents;
  return { uri, registered, version, modelId, runId, tags, params, rikai: readRikaiTags(tags), ...told };
}
