import type { ZodType } from 'zod';
import { QualmError } from '@qualm/types';
import { failureOf } from '../http/answer.ts';
import type { HttpClient, HttpRequest } from '../http/http-client.ts';
import { modelName } from '../uri/names.ts';
import type { RegisteredModel } from './entities.ts';
import { registeredModelSchema } from './rest-schemas.ts';

/** `api/2.0/mlflow/...`, in segments. */
export function mlflowPath(route: string): readonly string[] {
  return ['api', '2.0', 'mlflow', ...route.split('/')];
}

/** MLflow's filters have no escapes: the quotes are those that the name does not have. */
export function nameFilter(name: string): string {
  const quotes = modelName(name, 'registry').includes("'") ? '"' : "'";
  return `name = ${quotes}${name}${quotes}`;
}

export interface RestApi {
  /** One thing, null where there is none. */
  find<T>(request: Omit<HttpRequest, 'method'>, key: string, schema: ZodType<T>): Promise<T | null>;
  /** All pages of a search. */
  all<T>(request: Omit<HttpRequest, 'method'>, key: string, schema: ZodType<T>): Promise<readonly T[]>;
  /** The value under a key of an answer, checked. */
  read<T>(value: unknown, key: string, schema: ZodType<T>): T;
}

/** A server, and how its answers are read. */
export interface RestServer {
  readonly client: HttpClient;
  readonly api: RestApi;
}

const maxPages = 1000;
const maxItems = 100_000;

export function restApi(client: HttpClient): RestApi {
  function read<T>(value: unknown, key: string, schema: ZodType<T>): T {
    const part = key === '' ? value : (value as Record<string, unknown> | null)?.[key];
    const parsed = schema.safeParse(part);
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    const at = [key, ...(issue?.path ?? [])].filter((step) => step !== '').join('.');
    throw new QualmError(
      'registry-invalid',
      `registry ${client.address}: ${at || 'the answer'}: ${issue?.message ?? 'wrong'}; is this an MLflow server?`,
    );
  }
  return {
    read,
    async find(request, key, schema) {
      const answer = await client.ask({ method: 'GET', ...request });
      if (answer.ok) return read(answer.value, key, schema);
      if (answer.code === 'RESOURCE_DOES_NOT_EXIST') return null;
      throw failureOf(answer, client.address, `GET ${request.path.slice(3).join('/')}`);
    },
    async all(request, key, schema) {
      const found = [];
      const tokens = new Set<string | undefined>();
      let token: string | undefined;
      const endless = (what: string): QualmError =>
        new QualmError('registry-invalid', `registry ${client.address}: its list of ${key} does not end: ${what}`);
      for (let page = 0; page < maxPages; page++) {
        const query = { ...request.query, ...(token !== undefined && { page_token: token }) };
        const value = await client.value({ method: 'GET', ...request, query });
        const { [key]: items = [], next_page_token: next } = (value ?? {}) as Record<string, unknown>;
        if (!Array.isArray(items)) read(value, key, schema);
        for (const item of items as unknown[]) found.push(read(item, '', schema));
        if (typeof next !== 'string' || next === '') return found;
        if (found.length > maxItems) throw endless(`more than ${maxItems} of them`);
        if (tokens.has(next)) throw endless('it leads back to a page that it gave before');
        tokens.add((token = next));
      }
      throw endless(`more than ${maxPages} pages`);
    },
  };
}

/** The registered model of that name, null where there is none. */
export function findRegisteredModel(
  api: RestApi,
  name: string,
  signal: AbortSignal | undefined,
): Promise<RegisteredModel | null> {
  const query = { name: modelName(name, 'registry') };
  const path = mlflowPath('registered-models/get');
  return api.find({ path, query, signal }, 'registered_model', registeredModelSchema);
}
