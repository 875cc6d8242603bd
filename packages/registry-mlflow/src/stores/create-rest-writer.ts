import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { QualmError } from '@qualm/types';
import { proxiedPath } from '../artifacts/rest-artifacts.ts';
import { uploadToProxy } from '../artifacts/upload-to-proxy.ts';
import { failureOf } from '../http/answer.ts';
import type { HttpClient } from '../http/http-client.ts';
import { retry, TransientError } from '../http/retry.ts';
import { aliasName, entityId, modelName } from '../uri/names.ts';
import type { ModelVersion, RegisteredModel } from './entities.ts';
import { nonceTag, pairs, versionSource } from './limits.ts';
import type { Draft, NewModel, NewVersion, StoreRequest, StoreWriter } from './model-store.ts';
import { mlflowPath, nameFilter } from './rest-api.ts';
import type { RestApi } from './rest-api.ts';
import { loggedModelSchema, modelVersionSchema, runSchema } from './rest-schemas.ts';
import { serverVersion } from './server-version.ts';

const experimentSchema = z.object({ experiment_id: z.coerce.string(), lifecycle_stage: z.string().default('active') });
const createdSchema = z.object({ experiment_id: z.coerce.string() });

/** Where a draft's files go; the draft itself is what callers see. */
interface RestDraft extends Draft {
  readonly location: string;
}

/** Changes on a server. What may have happened although its answer was lost is looked up by its nonce before it is asked again. */
export function createRestWriter(
  client: HttpClient,
  api: RestApi,
  registeredModel: (name: string, request?: StoreRequest) => Promise<RegisteredModel | null>,
): StoreWriter {
  /** Asks until the server has said yes or no, or `found` shows that an earlier attempt had come through. */
  async function once<T>(attempt: () => Promise<T>, found: () => Promise<T | null>, signal?: AbortSignal): Promise<T> {
    let tried = false;
    return retry(
      async () => {
        const earlier = tried ? await found() : null;
        if (earlier !== null) return earlier;
        tried = true;
        try {
          return await attempt();
        } catch (error) {
          if (!QualmError.is(error, 'registry-unavailable')) throw error;
          throw new TransientError(error.message, { cause: error });
        }
      },
      client.settings,
      signal,
    ).catch((error: unknown) => {
      throw error instanceof TransientError ? error.cause : error;
    });
  }

  async function experimentId(name: string, { signal }: StoreRequest): Promise<string> {
    const path = mlflowPath('experiments/get-by-name');
    const find = (): Promise<z.infer<typeof experimentSchema> | null> =>
      api.find({ path, query: { experiment_name: name }, signal }, 'experiment', experimentSchema);
    const found = await find();
    if (found?.lifecycle_stage === 'deleted')
      throw new QualmError(
        'unsupported',
        `registry: the experiment "${name}" was deleted; restore it, or name another`,
      );
    if (found) return found.experiment_id;
    const answer = await client.ask({ method: 'POST', path: mlflowPath('experiments/create'), json: { name }, signal });
    if (answer.ok) return api.read(answer.value, '', createdSchema).experiment_id;
    const other = await find();
    if (other) return other.experiment_id;
    throw failureOf(answer, client.address, 'create experiment');
  }

  async function byNonce<T>(
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

  async function beginLoggedModel(model: NewModel, version: string, request: StoreRequest): Promise<RestDraft> {
    const { signal } = request;
    const experiment = await experimentId(model.experiment, request);
    const json = {
      experiment_id: experiment,
      name: model.name,
      model_type: '',
      params: pairs(model.params, 'param'),
      tags: pairs({ ...model.tags, [nonceTag]: model.nonce }, 'tag'),
    };
    const logged = await once(
      async () => {
        const value = await client.value({ method: 'POST', path: mlflowPath('logged-models'), json, signal });
        return api.read(value, 'model', loggedModelSchema);
      },
      () => byNonce('logged-models/search', 'models', loggedModelSchema, experiment, model.nonce, signal),
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

  async function beginRun(model: NewModel, version: string, request: StoreRequest): Promise<RestDraft> {
    const { signal } = request;
    const experiment = await experimentId(model.experiment, request);
    const json = {
      experiment_id: experiment,
      run_name: model.name,
      start_time: Date.now(),
      tags: pairs({ ...model.tags, [nonceTag]: model.nonce }, 'tag'),
    };
    const run = await once(
      async () => {
        const value = await client.value({ method: 'POST', path: mlflowPath('runs/create'), json, signal });
        return api.read(value, 'run', runSchema);
      },
      () => byNonce('runs/search', 'runs', runSchema, experiment, model.nonce, signal),
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

  async function createRegisteredModel(name: string, { signal }: StoreRequest): Promise<void> {
    if (await registeredModel(name, { signal })) return;
    const path = mlflowPath('registered-models/create');
    const answer = await client.ask({ method: 'POST', path, json: { name }, repeatable: true, signal });
    if (answer.ok || answer.code === 'RESOURCE_ALREADY_EXISTS') return;
    if (!(await registeredModel(name, { signal }))) throw failureOf(answer, client.address, `create model ${name}`);
  }

  async function ready(version: ModelVersion, { signal }: StoreRequest): Promise<ModelVersion> {
    const { name, version: number } = version;
    const query = { name, version: String(number) };
    for (let waited = 0, current = version; ; waited += 1) {
      if (current.status === 'READY') return current;
      if (current.status === 'FAILED_REGISTRATION' || waited > 300)
        throw new QualmError(
          'registry-unavailable',
          `registry ${client.address}: ${name} ${number} is ${current.status}: ${current.statusMessage ?? 'no reason given'}`,
        );
      await sleep(1000, undefined, signal && { signal });
      const path = mlflowPath('model-versions/get');
      current = (await api.find({ path, query, signal }, 'model_version', modelVersionSchema)) ?? current;
    }
  }

  async function change(
    method: 'POST' | 'DELETE' | 'PATCH',
    route: string,
    json: object,
    { signal }: StoreRequest,
  ): Promise<void> {
    await client.value({ method, path: mlflowPath(route), json, repeatable: true, signal });
  }

  return {
    async begin(model, request = {}) {
      const version = await serverVersion(client, request.signal);
      const draft = Number(version.split('.')[0]) >= 3 ? beginLoggedModel : beginRun;
      const begun = await draft(model, version, request);
      if (proxiedPath(begun.location, client.address) !== null) return begun;
      throw new QualmError(
        'unsupported',
        `registry ${client.address}: it keeps files at ${/^[\w+.-]*:?/.exec(begun.location)?.[0] || 'a path'} of its own and does not take them; start it with --serve-artifacts`,
      );
    },
    async upload(draft, file, onBytes, request = {}) {
      const { location } = draft as RestDraft;
      await uploadToProxy(client, proxiedPath(location, client.address)!, file, onBytes, request.signal);
    },
    async finish(draft, end, mlmodel, request = {}) {
      const { modelId, runId } = draft;
      if (modelId !== null) {
        const json = { model_id: modelId, status: `LOGGED_MODEL_${end}` };
        await change('PATCH', `logged-models/${modelId}`, json, request);
        return;
      }
      if (mlmodel && end === 'READY')
        await change('POST', 'runs/log-model', { run_id: runId, model_json: JSON.stringify(mlmodel) }, request);
      const status = end === 'READY' ? 'FINISHED' : 'FAILED';
      await change('POST', 'runs/update', { run_id: runId, status, end_time: Date.now() }, request);
    },
    async register({ name, draft, tags, description, nonce }: NewVersion, request = {}) {
      const { signal } = request;
      await createRegisteredModel(modelName(name, 'registry'), request);
      const json = {
        name,
        source: versionSource(draft.source),
        ...(draft.runId !== null && { run_id: draft.runId }),
        ...(draft.modelId !== null && { model_id: draft.modelId }),
        ...(description !== null && { description }),
        tags: pairs({ ...tags, [nonceTag]: nonce }, 'version tag'),
      };
      const version = await once(
        async () => {
          const value = await client.value({ method: 'POST', path: mlflowPath('model-versions/create'), json, signal });
          return api.read(value, 'model_version', modelVersionSchema);
        },
        async () => {
          const filter = `${nameFilter(name)} and tags.\`${nonceTag}\` = '${nonce}'`;
          const query = { filter, max_results: '1' };
          const path = mlflowPath('model-versions/search');
          return (await api.all({ path, query, signal }, 'model_versions', modelVersionSchema))[0] ?? null;
        },
        signal,
      );
      return ready(version, request);
    },
    setAlias: (name, alias, version, request = {}) =>
      change(
        'POST',
        'registered-models/alias',
        { name: modelName(name, 'registry'), alias: aliasName(alias, 'registry'), version: String(version) },
        request,
      ),
    deleteAlias: (name, alias, request = {}) =>
      change(
        'DELETE',
        'registered-models/alias',
        { name: modelName(name, 'registry'), alias: aliasName(alias, 'registry') },
        request,
      ),
    deleteVersion: (name, version, request = {}) =>
      gone(
        change(
          'DELETE',
          'model-versions/delete',
          { name: modelName(name, 'registry'), version: String(version) },
          request,
        ),
      ),
    deleteModel: (name, request = {}) =>
      gone(change('DELETE', 'registered-models/delete', { name: modelName(name, 'registry') }, request)),
  };
}

/** A deletion that is asked for again finds nothing, which is what was wanted. */
async function gone(deletion: Promise<void>): Promise<void> {
  await deletion.catch((error: unknown) => {
    if (!QualmError.is(error, 'model-missing')) throw error;
  });
}
