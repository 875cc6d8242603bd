import { QualmError } from '@qualm/types';
import type { HttpClient, HttpRequest } from '../http/http-client.ts';
import type { ArtifactOwner } from '../stores/model-store.ts';
import { mlflowPath } from '../stores/rest-api.ts';
import type { RestApi } from '../stores/rest-api.ts';
import { filesSchema, loggedModelSchema, runSchema } from '../stores/rest-schemas.ts';
import { loggedModelOf } from '../uri/model-uri.ts';
import { artifactPath, entityId } from '../uri/names.ts';
import { walk } from './artifacts.ts';
import type { Artifacts, OpenArtifact } from './artifacts.ts';

/** The files at a location that a server gave out. What the server proxies is fetched from its
 * proxy; what it keeps anywhere else (S3, its own disk) through the routes by which its pages show
 * artifacts. No other host is ever asked.
 * @throws QualmError `unsupported` where none of these can be, `path-outside` for a location that
 * leaves its root.
 */
export async function restArtifacts(
  client: HttpClient,
  api: RestApi,
  location: string,
  owner: ArtifactOwner,
  signal?: AbortSignal,
): Promise<Artifacts> {
  const proxied = proxiedPath(location, client.address);
  if (proxied !== null) return proxyArtifacts(client, api, proxied);
  const modelId = loggedModelOf(location) ?? owner.modelId;
  if (modelId !== null) return loggedModelArtifacts(client, api, modelId, location, signal);
  if (owner.runId !== null) return runArtifacts(client, api, owner.runId, location, signal);
  throw elsewhere(location);
}

/** The path below the proxy's root that a location names, null where it names another place. */
export function proxiedPath(location: string, address: string): string | null {
  const route = '/api/2.0/mlflow-artifacts/artifacts';
  const where = 'registry: the location of the artifacts';
  const [, host, path = ''] = /^mlflow-artifacts:(?:\/\/([^/]+))?\/*([^?#]*)$/.exec(location) ?? [];
  if (/^mlflow-artifacts:/.test(location)) {
    if (host !== undefined && host !== new URL(address).host) throw elsewhere(location);
    return artifactPath(path.replace(/\/+$/, ''), where);
  }
  const prefix = `${address}${route}/`;
  return location.startsWith(prefix) ? artifactPath(location.slice(prefix.length).replace(/\/+$/, ''), where) : null;
}

function proxyArtifacts(client: HttpClient, api: RestApi, root: string): Artifacts {
  const path = ['api', '2.0', 'mlflow-artifacts', 'artifacts'];
  return restTree(client, `proxy:${root}`, {
    async list(folder, signal) {
      const below = folder === '' ? root : `${root}/${folder}`;
      const value = await client.value({ method: 'GET', path, query: { path: below }, signal });
      return api.read(value, '', filesSchema).map(({ path: name, ...file }) => ({ name, ...file }));
    },
    request: (file) => ({ path: [...path, ...root.split('/'), ...file.split('/')] }),
  });
}

async function loggedModelArtifacts(
  client: HttpClient,
  api: RestApi,
  modelId: string,
  location: string,
  signal: AbortSignal | undefined,
): Promise<Artifacts> {
  const id = entityId(modelId, 'registry');
  const model = await api.find({ path: [...mlflowPath('logged-models'), id], signal }, 'model', loggedModelSchema);
  const kept = model?.location ?? location;
  const proxied = proxiedPath(kept, client.address);
  if (proxied !== null) return proxyArtifacts(client, api, proxied);
  const below = location === kept || loggedModelOf(location) !== null ? '' : relativeTo(location, kept);
  return restTree(client, `model:${id}:${below}`, {
    async list(folder, asked) {
      const within = join(below, folder);
      const path = [...mlflowPath('logged-models'), id, 'artifacts', 'directories'];
      const query = within === '' ? {} : { artifact_directory_path: within };
      const value = await client.value({ method: 'GET', path, query, signal: asked });
      return namesIn(api.read(value, '', filesSchema), within, client.address);
    },
    request: (file) => ({
      path: ['ajax-api', '2.0', 'mlflow', 'logged-models', id, 'artifacts', 'files'],
      query: { artifact_file_path: join(below, file) },
    }),
  });
}

async function runArtifacts(
  client: HttpClient,
  api: RestApi,
  runId: string,
  location: string,
  signal: AbortSignal | undefined,
): Promise<Artifacts> {
  const id = entityId(runId, 'registry');
  const run = await api.find({ path: mlflowPath('runs/get'), query: { run_id: id }, signal }, 'run', runSchema);
  if (!run) throw new QualmError('model-missing', `registry ${client.address}: the run ${id} of these files is gone`);
  const below = relativeTo(location, run.location);
  return restTree(client, `run:${id}:${below}`, {
    async list(folder, asked) {
      const within = join(below, folder);
      const path = mlflowPath('artifacts/list');
      const query = { run_id: id, path: within };
      const value = await client.value({ method: 'GET', path, query, signal: asked });
      return namesIn(api.read(value, '', filesSchema), within, client.address);
    },
    request: (file) => ({ path: ['get-artifact'], query: { run_uuid: id, path: join(below, file) } }),
  });
}

interface RestTree {
  readonly list: (
    folder: string,
    signal: AbortSignal | undefined,
  ) => Promise<readonly { readonly name: string; readonly isFolder: boolean; readonly size: number | null }[]>;
  readonly request: (file: string) => Pick<HttpRequest, 'path' | 'query'>;
}

function restTree(client: HttpClient, place: string, { list, request }: RestTree): Artifacts {
  const location = `${client.address} ${place}`;
  return {
    location,
    folder: null,
    list: (signal) => walk((folder) => list(folder, signal), `registry ${client.address}`),
    async open(path, { start, validator }, signal): Promise<OpenArtifact> {
      const asked = request(artifactPath(path, 'registry'));
      const range = { range: `bytes=${start}-`, ...(validator !== null && { 'if-range': validator }) };
      const from = start > 0 && validator !== null ? range : {};
      const { status, header, body, encoded } = await client.open({ method: 'GET', ...asked, headers: from, signal });
      const length = encoded ? undefined : header('content-length');
      const [, first, total] = /^bytes (\d+)-\d+\/(\d+)$/.exec(header('content-range') ?? '') ?? [];
      const etag = header('etag');
      const strong = etag !== undefined && !etag.startsWith('W/') && !encoded ? etag : null;
      if (start > 0 && (status === 416 || (status === 206 && encoded))) {
        body.on('error', () => undefined).destroy();
        return this.open(path, { start: 0, validator: null }, signal);
      }
      if (status === 416) {
        body.on('error', () => undefined).destroy();
        throw new QualmError('registry-invalid', `registry ${client.address}: "${path}" has no beginning (416)`);
      }
      return {
        start: status === 206 ? Number(first ?? NaN) : 0,
        total: status === 206 ? Number(total ?? NaN) : length === undefined ? null : Number(length),
        validator: strong,
        body,
      };
    },
  };
}

/** MLflow lists paths from the root of the artifacts; expected are the names in the folder that was
 * asked for.
 */
function namesIn(
  files: readonly { readonly path: string; readonly isFolder: boolean; readonly size: number | null }[],
  folder: string,
  address: string,
): { name: string; isFolder: boolean; size: number | null }[] {
  return files.map(({ path, ...file }) => {
    const prefix = folder === '' ? '' : `${folder}/`;
    if (path.startsWith(prefix)) return { name: path.slice(prefix.length), ...file };
    throw new QualmError('path-outside', `registry ${address}: it lists "${path}" in "${folder}"`);
  });
}

function relativeTo(location: string, root: string): string {
  const base = root.replace(/\/+$/, '');
  if (location === base || location === `${base}/`) return '';
  if (location.startsWith(`${base}/`))
    return artifactPath(location.slice(base.length + 1).replace(/\/+$/, ''), 'registry: the location of the artifacts');
  throw elsewhere(location);
}

function join(folder: string, path: string): string {
  return folder === '' || path === '' ? folder + path : `${folder}/${path}`;
}

/** Only the scheme is shown: such a location may hold a password. */
function elsewhere(location: string): QualmError {
  const scheme = /^[a-zA-Z][\w+.-]*:/.exec(location)?.[0] ?? 'a path';
  return new QualmError(
    'unsupported',
    `registry: the files are at ${scheme} of another place, which only the server can reach; start it with --serve-artifacts, so that it hands them out`,
  );
}
