import type { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import { QualmError } from '@qualm/types';
import { createDispatcher, defaultTimeoutSeconds } from './create-dispatcher.ts';
import { failureOf, readText } from './answer.ts';
import type { Answer } from './answer.ts';
import type { HttpSettings } from './http-settings.ts';
import { decodeBody, isEncoded } from './decode-body.ts';
import { retry, throwIfAborted, tooLong, TransientError } from './retry.ts';
import { retryAfter } from './retry-after.ts';
import { transportError, unavailable } from './transport-error.ts';

/** One request below the server's address. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Encoded here, segment by segment. */
  readonly path: readonly string[];
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly json?: unknown;
  /** A body that can be made again for another attempt. */
  readonly body?: { readonly bytes: number; readonly open: () => Readable };
  readonly headers?: Readonly<Record<string, string>>;
  /** Asking twice is the same as asking once. GET always is; others say so. */
  readonly repeatable?: boolean;
  readonly signal?: AbortSignal | undefined;
}

export interface OpenedBody {
  readonly status: number;
  readonly header: (name: string) => string | undefined;
  /** Without a content-encoding that a proxy put on it; `encoded` then tells that its length is not
   * that of the answer.
   */
  readonly body: Readable;
  readonly encoded: boolean;
}

/** Requests to one server: encoded, authenticated there and nowhere else, repeated where that is
 * safe.
 */
export interface HttpClient {
  /** The address, without user and password. */
  readonly address: string;
  readonly settings: HttpSettings;
  /** What the server says, also where that is a failure.
   * @throws QualmError `registry-unavailable` when it cannot be reached, `registry-invalid` when it
   * does not speak MLflow's JSON.
   */
  ask(request: HttpRequest): Promise<Answer>;
  /** The JSON of a success.   @throws QualmError for everything else. */
  value(request: HttpRequest): Promise<unknown>;
  /** One attempt at a download: 200, 206 or 416.   @throws TransientError, QualmError */
  open(request: HttpRequest): Promise<OpenedBody>;
  /** Puts a part of a file where the server said, with none of our credentials: the answer's
   * ETag. @throws QualmError
   */
  putAnywhere(url: URL, request: Pick<HttpRequest, 'headers' | 'body' | 'signal'>): Promise<string>;
  dispose(): Promise<void>;
}

export function createHttpClient(url: URL, settings: HttpSettings): HttpClient {
  const { timeoutSeconds = defaultTimeoutSeconds } = settings;
  const address = url.href.replace(/\/$/, '');
  const authorization = authorizationOf(settings);
  const ours = once(() => settings.dispatcher ?? createDispatcher(settings));
  const anonymous = once(() => settings.dispatcher ?? createDispatcher(withoutCredentials(settings)));

  async function send(request: HttpRequest, target: URL, redirects = 0): Promise<Dispatcher.ResponseData> {
    const headers = { ...(authorization && { authorization }), ...request.headers };
    const response = await dispatch(await ours.get(), { ...request, headers }, target);
    const moved = redirectOf(response, target, address);
    if (!moved) return response;
    await drop(response);
    if (redirects >= 5) throw new QualmError('registry-invalid', `registry ${address}: redirects without end`);
    return send(request, moved, redirects + 1);
  }

  /** Reads a body that is not needed, so that its connection is free, as long as it is short. */
  async function drop({ body }: Dispatcher.ResponseData): Promise<void> {
    await body.dump({ limit: 65_536, signal: AbortSignal.timeout(timeoutSeconds * 1000) });
  }

  async function read(
    response: Dispatcher.ResponseData,
    repeatable: boolean,
    signal: AbortSignal | undefined,
  ): Promise<Answer> {
    try {
      return await readText(response, address, timeoutSeconds);
    } catch (error) {
      throwIfAborted(signal);
      if (QualmError.is(error)) throw error;
      throw transportError(error, address, repeatable);
    }
  }

  async function attempt(request: HttpRequest): Promise<Dispatcher.ResponseData> {
    try {
      return await send(request, targetOf(url, request));
    } catch (error) {
      throwIfAborted(request.signal);
      if (QualmError.is(error)) throw error;
      throw transportError(error, address, request.method === 'GET' || request.repeatable === true);
    }
  }

  async function ask(request: HttpRequest): Promise<Answer> {
    const repeatable = request.method === 'GET' || request.repeatable === true;
    let last: Answer | null = null;
    try {
      return await retry(
        async () => {
          last = null;
          const response = await attempt(request);
          const answer = await read(response, repeatable, request.signal);
          if (answer.ok || !(answer.status === 429 || (repeatable && isBusy(answer.status)))) return answer;
          const busy = busyError(answer.message, response);
          last = { ...answer, message: busy.message };
          throw busy;
        },
        settings,
        request.signal,
      );
    } catch (error) {
      throwIfAborted(request.signal);
      if (last) return last;
      throw unavailable(error, address);
    }
  }

  return {
    address,
    settings,
    ask,
    async value(request) {
      const answer = await ask(request);
      if (answer.ok) return answer.value;
      throw failureOf(answer, address, `${request.method} ${request.path.slice(2).join('/')}`);
    },
    async open(request) {
      const response = await attempt(request);
      const { statusCode: status } = response;
      if (status === 200 || status === 206 || status === 416)
        return {
          status,
          header: (name) => single(response.headers[name]),
          body: decodeBody(response, address),
          encoded: isEncoded(response.headers),
        };
      const answer = await read(response, true, request.signal);
      if (!answer.ok && isBusy(answer.status)) throw busyError(answer.message, response);
      throw failureOf(
        answer.ok ? { ok: false, status, code: '', message: `status ${status} for a file` } : answer,
        address,
        `GET ${request.path.slice(3).join('/')}`,
      );
    },
    async putAnywhere(url, request) {
      const asked: HttpRequest = { ...request, method: 'PUT', path: [] };
      return retry(
        async () => {
          try {
            const response = await dispatch(await anonymous.get(), asked, url);
            await drop(response);
            const { statusCode: status } = response;
            const etag = single(response.headers['etag']) ?? '';
            if (status >= 200 && status < 300) return etag;
            const message = `the storage refused a part of a file (${status})`;
            if (isBusy(status)) throw busyError(message, response);
            throw new QualmError('registry-unavailable', `registry ${address}: ${message}`);
          } catch (error) {
            throwIfAborted(request.signal);
            if (QualmError.is(error) || error instanceof TransientError) throw error;
            throw transportError(error, url.origin, true);
          }
        },
        settings,
        request.signal,
      ).catch((error: unknown) => {
        throw unavailable(error, url.origin);
      });
    },
    async dispose() {
      if (settings.dispatcher) return;
      await Promise.all([ours, anonymous].map(async ({ made }) => (await made())?.close()));
    },
  };
}

async function dispatch(dispatcher: Dispatcher, request: HttpRequest, target: URL): Promise<Dispatcher.ResponseData> {
  const { request: send } = await import('undici');
  const { method, json, body, headers, signal } = request;
  throwIfAborted(signal);
  return send(target, {
    method,
    dispatcher,
    headers: {
      accept: 'application/json, */*;q=.5',
      'accept-encoding': 'identity',
      ...(json !== undefined && { 'content-type': 'application/json' }),
      ...(body && { 'content-length': String(body.bytes), 'content-type': 'application/octet-stream' }),
      ...headers,
    },
    body: body?.open() ?? (json === undefined ? null : JSON.stringify(json)),
    ...(signal && { signal }),
  });
}

function withoutCredentials({ timeoutSeconds, ca, proxy }: HttpSettings): HttpSettings {
  return { timeoutSeconds, ca, proxy };
}

/** Makes a thing when it is first wanted; `made` gives it if it was. */
function once<T>(make: () => T | Promise<T>): { get: () => Promise<T>; made: () => Promise<T> | null } {
  let thing: Promise<T> | null = null;
  return { get: () => (thing ??= Promise.resolve(make())), made: () => thing };
}

function targetOf(url: URL, { path, query = {} }: HttpRequest): URL {
  const target = new URL(url);
  target.pathname = [url.pathname.replace(/\/+$/, ''), ...path.map(encodeURIComponent)].join('/');
  for (const [key, value] of Object.entries(query)) if (value !== undefined) target.searchParams.set(key, value);
  return target;
}

function redirectOf({ statusCode, headers }: Dispatcher.ResponseData, from: URL, address: string): URL | null {
  if (![301, 302, 303, 307, 308].includes(statusCode)) return null;
  const location = single(headers['location']);
  const to = location !== undefined && URL.canParse(location, from.href) ? new URL(location, from) : null;
  if (to?.origin === from.origin) return to;
  throw new QualmError(
    'access-denied',
    `registry ${address}: it redirects to ${to?.origin ?? 'nowhere'}, and credentials are not sent to another host; if the redirect is right, use that address instead`,
  );
}

function authorizationOf({ username, password, token }: HttpSettings): string | null {
  if (username !== undefined) return `Basic ${Buffer.from(`${username}:${password ?? ''}`, 'utf8').toString('base64')}`;
  return token === undefined ? null : `Bearer ${token}`;
}

function isBusy(status: number): boolean {
  return status === 408 || status === 429 || status >= 500;
}

function busyError(message: string, response: Dispatcher.ResponseData): TransientError {
  const seconds = retryAfter(response);
  return new TransientError(message + tooLong(seconds), { retryAfter: seconds });
}

function single(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}
