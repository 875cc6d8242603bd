import { setTimeout as sleep } from 'node:timers/promises';
import { QualmError } from '@qualm/types';
import { failureOf } from '../http/answer.ts';
import { onceOnly } from '../http/once-only.ts';
import { throwIfAborted } from '../http/retry.ts';
import { modelName } from '../uri/names.ts';
import type { ModelVersion, RegisteredModel } from './entities.ts';
import { nonceTag, pairs, versionSource } from './limits.ts';
import type { NewVersion, StoreRequest } from './model-store.ts';
import { findRegisteredModel, mlflowPath, nameFilter } from './rest-api.ts';
import type { RestServer } from './rest-api.ts';
import { modelVersionSchema } from './rest-schemas.ts';

/** Seconds that a version may take to become ready. */
const mostSeconds = 300;

/** Registers a version, under a name that is made where there is none, and waits until it is ready.
 */
export async function registerVersion(
  server: RestServer,
  { name, draft, tags, description, nonce }: NewVersion,
  request: StoreRequest,
): Promise<ModelVersion> {
  const { client, api } = server;
  const { signal } = request;
  await createRegisteredModel(server, modelName(name, 'registry'), request);
  const json = {
    name,
    source: versionSource(draft.source),
    ...(draft.runId !== null && { run_id: draft.runId }),
    ...(draft.modelId !== null && { model_id: draft.modelId }),
    ...(description !== null && { description }),
    tags: pairs({ ...tags, [nonceTag]: nonce }, 'version tag'),
  };
  const version = await onceOnly(
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
    client.settings,
    signal,
  );
  return ready(server, version, request);
}

async function createRegisteredModel(
  { client, api }: RestServer,
  name: string,
  { signal }: StoreRequest,
): Promise<void> {
  const find = (): Promise<RegisteredModel | null> => findRegisteredModel(api, name, signal);
  if (await find()) return;
  const path = mlflowPath('registered-models/create');
  const answer = await client.ask({ method: 'POST', path, json: { name }, repeatable: true, signal });
  if (answer.ok || answer.code === 'RESOURCE_ALREADY_EXISTS') return;
  if (!(await find())) throw failureOf(answer, client.address, `create model ${name}`);
}

async function ready(
  { client, api }: RestServer,
  version: ModelVersion,
  { signal }: StoreRequest,
): Promise<ModelVersion> {
  const { name, version: number } = version;
  const query = { name, version: String(number) };
  for (let waited = 0, current = version; ; waited += 1) {
    if (current.status === 'READY') return current;
    if (current.status === 'FAILED_REGISTRATION' || waited > mostSeconds)
      throw new QualmError(
        'registry-unavailable',
        `registry ${client.address}: ${name} ${number} is ${current.status}: ${current.statusMessage ?? 'no reason given'}`,
      );
    await sleep(1000, undefined, signal && { signal }).catch(() => throwIfAborted(signal));
    const path = mlflowPath('model-versions/get');
    current = (await api.find({ path, query, signal }, 'model_version', modelVersionSchema)) ?? current;
  }
}
