import { resolve } from 'node:path';
import { createSqlSession } from '@qualm/sql';
import type { SqlDialect, SqlSession } from '@qualm/sql';
import type { ModelRegistry, ResolvedModel } from '@qualm/types';
import * as vision from '@qualm/vision';
import { UsageError } from '../../terminal/exit-code.ts';
import { isUri } from '../../input/is-uri.ts';
import { headsWith } from '../../input/heads-with.ts';
import { backendsWith } from '../../input/backends-with.ts';
import type { ModelOptions } from '../../input/open-model.ts';
import { withRegistry } from '../../input/open-registry.ts';
import { assertRemoteOptions, openerFor } from '../../input/open-remote.ts';
import type { RemoteOptions } from '../../input/open-remote.ts';
import { resolveModel } from '../../input/resolve-model.ts';
import type { Reporter } from '../../terminal/reporter.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { transferProgress } from '../../terminal/transfer-progress.ts';
import type { NamedFunction } from './function-argument.ts';
import { importFunctions } from './import-functions.ts';
import type { NamedModel } from './model-argument.ts';

/** What a session is opened with. */
export interface SqlSessionPlace extends Omit<ModelOptions, 'model' | 'spec'>, RemoteOptions {
  /** A file of DuckDB's; in memory without one. */
  readonly database?: string | undefined;
  readonly readonly?: true | undefined;
  readonly dialect?: SqlDialect | undefined;
  readonly model?: readonly NamedModel[] | undefined;
  readonly function?: readonly NamedFunction[] | undefined;
  /** Where predictions are kept for later sessions. */
  readonly cache?: string | undefined;
}

/** A session with the backends of the command line and its registry.
 * @throws UsageError for two models of one name.
 */
export async function openSqlSession(
  place: SqlSessionPlace,
  terminal: Terminal,
  reporter: Reporter,
): Promise<SqlSession> {
  const { database, readonly: readOnly, dialect, cache } = place;
  const { cwd, signal } = terminal;
  if (readOnly && database === undefined)
    throw new UsageError('--readonly needs the file of a database; a database in memory is empty');
  await assertRemoteOptions(place, terminal);
  const registry = mlflowRegistry(place, terminal, reporter);
  const heads = await headsWith(place.head, cwd);
  return createSqlSession({
    ...{ backends: await backendsWith(place, cwd), vision, heads, cwd, signal },
    open: openerFor(place, [], terminal),
    registries: { mlflow: registry, models: registry, runs: registry },
    models: await resolveModels({ ...place, heads }, terminal, reporter),
    ...(place.function && (await importFunctions(place.function, cwd))),
    ...(database !== undefined && { path: resolve(cwd, database) }),
    ...(readOnly && { readOnly }),
    ...(dialect && { dialect }),
    ...(cache !== undefined && { cache: { folder: resolve(cwd, cache) } }),
  });
}

async function resolveModels(
  { model: models = [], modelRoot, trackingUri, heads }: SqlSessionPlace,
  terminal: Terminal,
  reporter: Reporter,
): Promise<Record<string, ResolvedModel>> {
  const resolved = new Map<string, ResolvedModel>();
  for (const { name, place } of models) {
    if (resolved.has(name)) throw new UsageError(`--model: two models are called "${name}"; write other=${place}`);
    const root = isUri(place) ? {} : { modelRoot };
    resolved.set(name, await resolveModel({ model: place, trackingUri, heads, ...root }, terminal, reporter));
  }
  return Object.fromEntries(resolved);
}

/** MLflow, which is asked only when a statement names a model of it. */
function mlflowRegistry(place: SqlSessionPlace, terminal: Terminal, reporter: Reporter): ModelRegistry {
  return {
    resolve: (uri, options) =>
      withRegistry(place, terminal, async (registry) => {
        const resolved = await registry.resolve(uri, {
          ...options,
          onProgress: transferProgress('fetch', reporter),
        });
        reporter.settle();
        return resolved;
      }),
  };
}
