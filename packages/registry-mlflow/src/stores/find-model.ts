import { QualmError } from '@qualm/types';
import { loggedModelOf, parseModelUri, versionUri } from '../uri/model-uri.ts';
import type { ModelReference, VersionChoice } from '../uri/model-uri.ts';
import type { LoggedModel, ModelVersion, RegisteredModel, Run, Tags } from './entities.ts';
import type { ArtifactOwner, ModelStore } from './model-store.ts';

/** A model that a URI named, and where its files are. */
export interface FoundModel extends ArtifactOwner {
  readonly uri: string;
  readonly registered: RegisteredModel | null;
  readonly version: ModelVersion | null;
  readonly tags: Tags;
  readonly params: Tags;
  /** The store that gave `location` out. */
  readonly store: ModelStore;
  readonly location: string;
}

/** Looks a URI up: registered models in `registry`, logged models and runs in `tracking`.
 * @throws QualmError `model-missing` that names what is not there.
 */
export async function findModel(
  uri: string,
  tracking: ModelStore,
  registry: ModelStore,
  signal?: AbortSignal,
): Promise<FoundModel> {
  const reference = parseModelUri(uri);
  if (reference.kind === 'logged') return loggedModel(reference.modelId, tracking, signal);
  if (reference.kind === 'run') return runModel(reference, tracking, signal);
  const { name, choice } = reference;
  const registered = await registry.registeredModel(name, { signal });
  if (!registered)
    throw new QualmError('model-missing', `${registry.uri}: no registered model "${name}"; qualm models ls shows all`);
  const number = chosen(registered, choice, registry.uri);
  const located = await registry.locatedVersion(name, number, { signal });
  if (!located) throw new QualmError('model-missing', `${registry.uri}: "${name}" has no version ${number}`);
  const { version, location: written } = located;
  if (version.status !== 'READY')
    throw new QualmError(
      'model-missing',
      `${registry.uri}: version ${number} of "${name}" is ${version.status}${version.statusMessage ? `: ${version.statusMessage}` : ''}; wait, or take another`,
    );
  const { modelId, runId } = version;
  const [logged, run] = await Promise.all([
    modelId === null ? null : known(tracking.loggedModel(modelId, { signal })),
    runId === null ? null : known(tracking.run(runId, { signal })),
  ]);
  const location = loggedModelOf(written) !== null && logged ? logged.location : written;
  return {
    uri: versionUri(name, number),
    registered,
    version,
    modelId,
    runId,
    tags: { ...run?.tags, ...logged?.tags, ...registered.tags, ...version.tags },
    params: { ...run?.params, ...logged?.params },
    store: location === written ? storeOf(location, registry, tracking) : tracking,
    location: await resolved(location, tracking, signal),
  };
}

function chosen({ name, latest, aliases, stages }: RegisteredModel, choice: VersionChoice, uri: string): number {
  switch (choice.by) {
    case 'version':
      return choice.version;
    case 'latest':
      if (latest !== null) return latest.version;
      throw new QualmError('model-missing', `${uri}: "${name}" is registered, and has no version yet`);
    case 'alias': {
      if (Object.hasOwn(aliases, choice.alias)) return aliases[choice.alias]!;
      const has = Object.keys(aliases).sort().join(', ') || 'none';
      throw new QualmError('model-missing', `${uri}: "${name}" has no alias "${choice.alias}"; it has: ${has}`);
    }
    case 'stage': {
      const version = stages[choice.stage];
      if (version !== undefined) return version;
      const has = Object.keys(stages).join(', ') || 'none';
      throw new QualmError('model-missing', `${uri}: no version of "${name}" is in ${choice.stage}; stages: ${has}`);
    }
  }
}

/** What a version is made of may be deleted, or somebody else's; the version can be used all the
 * same.
 */
async function known<T extends LoggedModel | Run>(asked: Promise<T | null>): Promise<T | null> {
  return asked.catch((error: unknown) => {
    if (QualmError.is(error, 'access-denied') || QualmError.is(error, 'unsupported')) return null;
    throw error;
  });
}

/** Proxied files are behind the tracking server, whichever store knows of them. */
function storeOf(location: string, registry: ModelStore, tracking: ModelStore): ModelStore {
  return /^(mlflow-artifacts|runs|models):/.test(location) ? tracking : registry;
}

/** A location that is itself a URI of a run or a logged model. */
async function resolved(location: string, tracking: ModelStore, signal: AbortSignal | undefined): Promise<string> {
  if (!/^(runs|models):\//.test(location)) return location;
  const reference = parseModelUri(location);
  if (reference.kind === 'run') return (await runModel(reference, tracking, signal)).location;
  if (reference.kind === 'logged') return (await loggedModel(reference.modelId, tracking, signal)).location;
  throw new QualmError('registry-invalid', `${tracking.uri}: a version's files cannot be those of ${location}`);
}

async function loggedModel(modelId: string, tracking: ModelStore, signal?: AbortSignal): Promise<FoundModel> {
  const model = await tracking.loggedModel(modelId, { signal });
  if (!model) throw new QualmError('model-missing', `${tracking.uri}: no logged model ${modelId}`);
  if (model.status === 'FAILED' || model.status === 'PENDING')
    throw new QualmError(
      'model-missing',
      `${tracking.uri}: the logged model ${modelId} is ${model.status}; its files are not all there`,
    );
  const { runId, tags, params, location } = model;
  const nothing = { registered: null, version: null };
  return { uri: `models:/${modelId}`, ...nothing, modelId, runId, tags, params, store: tracking, location };
}

/** MLflow 3 keeps the model of `runs:/<id>/model` as a logged model of that name, if the run's
 * folder has none.
 */
async function runModel(
  { runId, path }: ModelReference & { readonly kind: 'run' },
  tracking: ModelStore,
  signal?: AbortSignal,
): Promise<FoundModel> {
  const run = await tracking.run(runId, { signal });
  if (!run) throw new QualmError('model-missing', `${tracking.uri}: no run ${runId}`);
  const { tags, params } = run;
  const uri = `runs:/${runId}/${path}`;
  const nothing = { registered: null, version: null };
  const logged = await tracking.loggedModelOfRun(runId, path, { signal });
  if (logged) {
    const { modelId, location } = logged;
    return { uri, ...nothing, modelId, runId, tags: { ...tags, ...logged.tags }, params, store: tracking, location };
  }
  const location = `${run.location.replace(/\/+$/, '')}/${path}`;
  return { uri, ...nothing, modelId: null, runId, tags, params, store: tracking, location };
}
