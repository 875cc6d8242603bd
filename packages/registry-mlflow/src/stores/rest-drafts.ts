import { z } from 'zod';
import { QualmError } from '@qualm/types';
import { failureOf } from '../http/answer.ts';
import { onceOnly } from '../http/once-only.ts';
import { entityId } from '../uri/names.ts';
import { nonceTag, pairs } from './limits.ts';
import type { Draft, NewModel, StoreRequest } from './model-store.ts';
import { mlflowPath } from './rest-api.ts';
import type { RestServer } from './rest-api.ts';
import { loggedModelSchema, runSchema } from './rest-schemas.ts';

const experimentSchema = z.object({ experiment_id: z.coerce.string(), lifecycle_stage: z.string().default('active') });
const createdSchema = z.object({ experiment_id: z.coerce.string() });

/** Where a draft's files go; the draft itself is what callers see. */
export interface RestDraft extends Draft {
  readonly location: string;
}

/** Begins a model: a LoggedModel from MLflow 3 on, a run with the artifact `model` before.
 * @param version of the server's MLflow.
 */
export function beginDraft(
  server: RestServer,
  model: NewModel,
  version: string,
  request: StoreRequest,
): Promise<RestDraft> {
  const begin = Number(version.split('.')[0]) >= 3 ? beginLoggedModel : beginRun;
  return begin(server, model, version, request);
}

async function experimentId({ client, api }: RestServer, name: string, { signal }: StoreRequest): Promise<string> {
  const path = mlflowPath('experiments/get-by-name');
  const find = (): Promise<z.infer<typeof experimentSchema> | null> =>
    api.find({ path, query: { experiment_name: name }, signal }, 'experiment', experimentSchema);
  const found = await find();
  if (found?.lifecycle_stage === 'deleted')
    throw new QualmError('unsupported', `registry: the experiment "${name}" was deleted; restore it, or name another`);
  if (found) return found.experiment_id;
  const answer = await client.ask({ method: 'POST', path: mlflowPath('experiments/create'), json: { name }, signal });
  if (answer.ok) return api.read(answer.value, '', createdSchema).experiment_id;
  const other = await find();
  if (other) return other.experiment_id;
  throw failureOf(answer, client.address, 'create experiment');
}

async function byNonce<T>(
  { client, api }: RestServer,
  route: string,
  key: string,
  schema: z.ZodType<T>,
  experiment: string,
  nonce: string,
  signal: AbortSignal | undefined,
): Promise<T | null> {
  const json = { experiment_ids: [experiment], filter: `tags.\`${nonceTag}\` = '${nonce}'`, max_results: 1 };
  const value = await client.value({ method: 'POST', path: mlflowPath(route), json, repeatable: true, signal });
  return api.read(value, key, z.array(schema).default([]))[0] ?? null;
}

async function beginLoggedModel(
  server: RestServer,
  model: NewModel,
  version: string,
  request: StoreRequest,
): Promise<RestDraft> {
  const { client, api } = server;
  const { signal } = request;
  const experiment = await experimentId(server, model.experiment, request);
  const json = {
    experiment_id: experiment,
    name: model.name,
    model_type: '',
    params: pairs(model.params, 'param'),
    tags: pairs({ ...model.tags, [nonceTag]: model.nonce }, 'tag'),
  };
  const logged = await onceOnly(
    async () => {
      const value = await client.value({ method: 'POST', path: mlflowPath('logged-models'), json, signal });
      return api.read(value, 'model', loggedModelSchema);
    },
    () => byNonce(server, 'logged-models/search', 'models', loggedModelSchema, experiment, model.nonce, signal),
    client.settings,
    signal,
  );
  return {
    modelId: entityId(logged.modelId, 'registry'),
    runId: null,
    source: `models:/${logged.modelId}`,
    artifactPath: logged.location,
    location: logged.location,
    mlflowVersion: version,
  };
}

async function beginRun(
  server: RestServer,
  model: NewModel,
  version: string,
  request: StoreRequest,
): Promise<RestDraft> {
  const { client, api } = server;
  const { signal } = request;
  const experiment = await experimentId(server, model.experiment, request);
  const json = {
    experiment_id: experiment,
    run_name: model.name,
    start_time: Date.now(),
    tags: pairs({ ...model.tags, [nonceTag]: model.nonce }, 'tag'),
  };
  const run = await onceOnly(
    async () => {
      const value = await client.value({ method: 'POST', path: mlflowPath('runs/create'), json, signal });
      return api.read(value, 'run', runSchema);
    },
    () => byNonce(server, 'runs/search', 'runs', runSchema, experiment, model.nonce, signal),
    client.settings,
    signal,
  );
  const params = pairs(model.params, 'param');
  for (let at = 0; at < params.length; at += 100)
    await client.value({
      method: 'POST',
      path: mlflowPath('runs/log-batch'),
      json: { run_id: run.runId, params: params.slice(at, at + 100) },
      repeatable: true,
      signal,
    });
  const location = `${run.location.replace(/\/+$/, '')}/model`;
  return {
    modelId: null,
    runId: entityId(run.runId, 'registry'),
    source: location,
    artifactPath: 'model',
    location,
    mlflowVersion: version,
  };
}
