import { QualmError } from '@qualm/types';
import { proxiedPath } from '../artifacts/rest-artifacts.ts';
import { uploadToProxy } from '../artifacts/upload-to-proxy.ts';
import type { HttpClient } from '../http/http-client.ts';
import { aliasName, modelName } from '../uri/names.ts';
import type { StoreRequest, StoreWriter } from './model-store.ts';
import { mlflowPath } from './rest-api.ts';
import type { RestApi } from './rest-api.ts';
import { beginDraft } from './rest-drafts.ts';
import type { RestDraft } from './rest-drafts.ts';
import { registerVersion } from './rest-versions.ts';
import { serverVersion } from './server-version.ts';

/** Changes on a server. What may have happened although its answer was lost is looked up by its
 * nonce before it is asked again.
 */
export function createRestWriter(client: HttpClient, api: RestApi): StoreWriter {
  const server = { client, api };

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
      const begun = await beginDraft(server, model, version, request);
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
    register: (version, request = {}) => registerVersion(server, version, request),
    setAlias: (name, alias, version, request = {}) =>
      change(
        'POST',
        'registered-models/alias',
        { name: modelName(name, 'registry'), alias: aliasName(alias, 'registry'), version: String(version) },
        request,
      ),
    deleteAlias: (name, alias, request = {}) =>
      gone(
        change(
          'DELETE',
          'registered-models/alias',
          { name: modelName(name, 'registry'), alias: aliasName(alias, 'registry') },
          request,
        ),
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

/** A deletion that is asked for again finds nothing, which is the result that was asked for. */
async function gone(deletion: Promise<void>): Promise<void> {
  await deletion.catch((error: unknown) => {
    if (!QualmError.is(error, 'model-missing')) throw error;
  });
}
