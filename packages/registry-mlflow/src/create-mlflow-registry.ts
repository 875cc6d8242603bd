import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { assertOptions, assertText } from '@qualm/types';
import {
  assertAlias,
  assertAsked,
  assertLogged,
  assertModelUri,
  assertName,
  assertVersion,
} from './assert-arguments.ts';
import type { MlflowRegistry, MlflowRegistryOptions } from './mlflow-registry.ts';
import { parseStoreUri, storeUri } from './uri/store-uri.ts';

/** The folder that is used where no place is named. It is qualm's own: a folder `mlruns` would
 * change what Python does.
 */
export const defaultFolder = 'qualm-models';

/** Models in MLflow: behind a server, in a folder, or in a SQLite file. Nothing is reached, or
 * loaded, before it is asked for.
 * @throws QualmError `unsupported` for a place that cannot be reached, saying why.
 * @example const registry = createMlflowRegistry({ trackingUri: 'http://localhost:5000' });
 */
export function createMlflowRegistry(options: MlflowRegistryOptions = {}): MlflowRegistry {
  assertOptions('createMlflowRegistry', options, "{ trackingUri: 'http://localhost:5000' }");
  const { trackingUri = defaultFolder, registryUri, cacheFolder = defaultCacheFolder(), cwd = process.cwd() } = options;
  for (const [name, value] of Object.entries({ trackingUri, registryUri, cacheFolder, cwd }))
    if (value !== undefined) assertText('createMlflowRegistry', name, value, 'an address or a path');
  const tracking = parseStoreUri(trackingUri, cwd);
  const registry = registryUri === undefined ? tracking : parseStoreUri(registryUri, cwd);
  const places = { tracking, registry, cacheFolder: resolve(cwd, cacheFolder) };
  let opening: Promise<Omit<MlflowRegistry, 'uri'>> | null = null;
  const opened = (): Promise<Omit<MlflowRegistry, 'uri'>> =>
    (opening ??= import('./open-registry.ts').then(({ openRegistry }) => openRegistry(places, options)));

  return {
    uri: storeUri(registry),
    async about(asked) {
      assertAsked('about', asked);
      return (await opened()).about(asked);
    },
    async resolve(uri, asked) {
      assertModelUri('resolve', uri, asked);
      return (await opened()).resolve(uri, asked);
    },
    async describe(uri, asked) {
      assertModelUri('describe', uri, asked);
      return (await opened()).describe(uri, asked);
    },
    async pull(uri, asked) {
      assertModelUri('pull', uri, asked);
      return (await opened()).pull(uri, asked);
    },
    async list(asked) {
      assertAsked('list', asked);
      return (await opened()).list(asked);
    },
    async registeredModel(name, asked) {
      assertName('registeredModel', name, asked);
      return (await opened()).registeredModel(name, asked);
    },
    async versions(name, asked) {
      assertName('versions', name, asked);
      return (await opened()).versions(name, asked);
    },
    async logModel(asked) {
      assertLogged(asked);
      return (await opened()).logModel(asked);
    },
    async setAlias(name, alias, version, asked) {
      assertAlias('setAlias', name, alias, asked);
      assertVersion('setAlias', version);
      return (await opened()).setAlias(name, alias, version, asked);
    },
    async deleteAlias(name, alias, asked) {
      assertAlias('deleteAlias', name, alias, asked);
      return (await opened()).deleteAlias(name, alias, asked);
    },
    async deleteVersion(name, version, asked) {
      assertName('deleteVersion', name, asked);
      assertVersion('deleteVersion', version);
      return (await opened()).deleteVersion(name, version, asked);
    },
    async deleteModel(name, asked) {
      assertName('deleteModel', name, asked);
      return (await opened()).deleteModel(name, asked);
    },
    dispose: async () => (await opening)?.dispose(),
  };
}

function defaultCacheFolder(): string {
  const home = homedir();
  if (process.platform === 'darwin') return join(home, 'Library/Caches/qualm/mlflow');
  if (process.platform === 'win32') return join(home, 'AppData/Local/qualm/Cache/mlflow');
  return join(home, '.cache/qualm/mlflow');
}
