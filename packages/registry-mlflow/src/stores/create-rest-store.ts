import { z } from 'zod';
import { failureOf } from '../http/answer.ts';
import type { Answer } from '../http/answer.ts';
import { createHttpClient } from '../http/http-client.ts';
import type { HttpSettings } from '../http/http-settings.ts';
import { entityId, modelName } from '../uri/names.ts';
import { restArtifacts } from '../artifacts/rest-artifacts.ts';
import type { Run } from './entities.ts';
import type { ModelStore } from './model-store.ts';
import { createRestWriter } from './create-rest-writer.ts';
import { findRegisteredModel, mlflowPath, nameFilter, restApi } from './rest-api.ts';
import { serverVersion } from './server-version.ts';
import * as schemas from './rest-schemas.ts';

/** The store behind MLflow's REST API.
 * @param url of the server, without user and password.
 * @see https://mlflow.org/docs/latest/api_reference/rest-api.html
 */
export function createRestStore(url: URL, settings: HttpSettings): ModelStore {
  const client = createHttpClient(url, settings);
  const api = restApi(client);

  const findRun = (runId: string, signal: AbortSignal | undefined): Promise<Run | null> => {
    const query = { run_id: entityId(runId, 'registry') };
    return api.find({ path: mlflowPath('runs/get'), query, signal }, 'run', schemas.runSchema);
  };

  const findVersion: ModelStore['version'] = (name, version, { signal } = {}) => {
    const query = { name: modelName(name, 'registry'), version: String(version) };
    const path = mlflowPath('model-versions/get');
    return api.find({ path, query, signal }, 'model_version', schemas.modelVersionSchema);
  };

  return {
    uri: client.address,
    about: async ({ signal } = {}) => `MLflow ${await serverVersion(client, signal)}`,
    registeredModel: (name, { signal } = {}) => findRegisteredModel(api, name, signal),
    async registeredModels({ signal } = {}) {
      const path = mlflowPath('registered-models/search');
      return api.all(
        { path, query: { max_results: '200' }, signal },
        'registered_models',
        schemas.registeredModelSchema,
      );
    },
    async versions(name, { signal } = {}) {
      const path = mlflowPath('model-versions/search');
      const query = { filter: nameFilter(name), max_results: '1000' };
      const found = await api.all({ path, query, signal }, 'model_versions', schemas.modelVersionSchema);
      return [...found].sort((a, b) => b.version - a.version);
    },
    version: findVersion,
    async locatedVersion(name, version, request = {}) {
      const path = mlflowPath('model-versions/get-download-uri');
      const query = { name: modelName(name, 'registry'), version: String(version) };
      const [found, answer] = await Promise.all([
        findVersion(name, version, request),
        client.ask({ method: 'GET', path, query, signal: request.signal }),
      ]);
      if (!found) return null;
      if (!answer.ok) throw failureOf(answer, client.address, 'GET model-versions/get-download-uri');
      return { version: found, location: api.read(answer.value, 'artifact_uri', z.string().min(1)) };
    },
    async loggedModel(modelId, { signal } = {}) {
      const path = [...mlflowPath('logged-models'), entityId(modelId, 'registry')];
      const answer = await client.ask({ method: 'GET', path, signal });
      if (answer.ok) return api.read(answer.value, 'model', schemas.loggedModelSchema);
      if (answer.code === 'RESOURCE_DOES_NOT_EXIST' || hasNoRoute(answer)) return null;
      throw failureOf(answer, client.address, `GET logged-models/${modelId}`);
    },
    async loggedModelOfRun(runId, name, { signal } = {}) {
      const run = await findRun(runId, signal);
      if (!run) return null;
      const json = {
        experiment_ids: [run.experimentId],
        filter: `source_run_id = '${entityId(runId, 'registry')}'`,
        max_results: 50,
        order_by: [{ field_name: 'creation_time', ascending: false }],
      };
      const path = mlflowPath('logged-models/search');
      const answer = await client.ask({ method: 'POST', path, json, repeatable: true, signal });
      if (hasNoRoute(answer)) return null;
      if (!answer.ok) throw failureOf(answer, client.address, 'POST logged-models/search');
      const models = api.read(answer.value, 'models', z.array(schemas.loggedModelSchema).default([]));
      return models.find((model) => model.name === name) ?? null;
    },
    run: (runId, { signal } = {}) => findRun(runId, signal),
    artifacts: (location, owner, request) => restArtifacts(client, api, location, owner, request?.signal),
    writer: createRestWriter(client, api),
    dispose: () => client.dispose(),
  };
}

/** MLflow 2 has no logged models, and no such routes. */
function hasNoRoute(answer: Answer): boolean {
  return !answer.ok && (answer.status === 404 || answer.status === 405) && answer.code !== 'RESOURCE_DOES_NOT_EXIST';
}
