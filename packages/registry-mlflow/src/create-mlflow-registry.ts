import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { MlflowRegistry, MlflowRegistryOptions } from './mlflow-registry.ts';
import { parseStoreUri, storeUri } from './uri/store-uri.ts';

/** The folder that is used where no place is named. It is qualm's own: a folder `mlruns` would change what Python does. */
export const defaultFolder = 'qualm-models';

/** Models in MLflow: behind a server, in a folder, or in a SQLite file. Nothing is reached, or loaded, before it is asked for.
 * @throws QualmError `unsupported` for a place that cannot be reached, saying why.
 * @example const registry = createMlflowRegistry({ trackingUri: 'http://localhost:5000' });
 */
export function createMlflowRegistry(options: MlflowRegistryOptions = {}): MlflowRegistry {
  const { trackingUri = defaultFolder, registryUri, cacheFolder = defaultCacheFolder(), cwd = process.cwd() } = options;
  const tracking = parseStoreUri(trackingUri, cwd);
  const registry = registryUri === undefined ? tracking : parseStoreUri(registryUri, cwd);
  const places = { tracking, registry, cacheFolder: resolve(cwd, cacheFolder) };
  let opening: Promise<Omit<MlflowRegistry, 'uri'>> | null = null;
  const opened = (): Promise<Omit<MlflowRegistry, 'uri'>> =>
    (opening ??= import('./open-registry.ts').then(({ openRegistry }) => openRegistry(places, options)));

  return {
    uri: storeUri(registry),
    about: async (...asked) => (await opened()).about(...asked),
    resolve: async (...asked) => (await opened()).resolve(...asked),
    describe: async (...asked) => (await opened()).describe(...asked),
    pull: async (...asked) => (await opened()).pull(...asked),
    list: async (...asked) => (await opened()).list(...asked),
    registeredModel: async (...asked) => (await opened()).registeredModel(...asked),
    versions: async (...asked) => (await opened()).versions(...asked),
    logModel: async (...asked) => (await opened()).logModel(...asked),
    setAlias: async (...asked) => (await opened()).setAlias(...asked),
    deleteAlias: async (...asked) => (await opened()).deleteAlias(...asked),
    deleteVersion: async (...asked) => (await opened()).deleteVersion(...asked),
    deleteModel: async (...asked) => (await opened()).deleteModel(...asked),
    dispose: async () => (await opening)?.dispose(),
  };
}

function defaultCacheFolder(): string {
  const home = homedir();
  if (process.platform === 'darwin') return join(home, 'Library/Caches/qualm/mlflow');
  if (process.platform === 'win32') return join(home, 'AppData/Local/qualm/Cache/mlflow');
  return join(home, '.cache/qualm/mlflow');
}
