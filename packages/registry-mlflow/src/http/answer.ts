import type { Dispatcher } from 'undici';
import { QualmError } from '@qualm/types';
import { decodeBody } from './decode-body.ts';
import { readSmall } from './read-small.ts';

/** What a server said. `code` is MLflow's `error_code`, or empty where the failure was none of
 * MLflow's JSON.
 */
export type Answer =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly status: number; readonly code: string; readonly message: string };

const maxBytes = 64 * 2 ** 20;

/** Reads the whole of an answer. Unknown routes of MLflow are HTML, and faults of hosts and logins
 * are plain text.
 */
export async function readText(response: Dispatcher.ResponseData, address: string, seconds: number): Promise<Answer> {
  const { statusCode, headers } = response;
  const limits = { maxBytes, seconds, where: `registry ${address}: an answer` };
  const text = (await readSmall(decodeBody(response, address), limits)).toString('utf8');
  const value = parse(text);
  if (statusCode >= 200 && statusCode < 300) {
    if (value !== undefined) return { ok: true, value };
    throw new QualmError(
      'registry-invalid',
      `registry ${address}: expected JSON, got ${String(headers['content-type'] ?? 'something else')}; is this the address of an MLflow server?`,
    );
  }
  const { error_code: code, message } = (value ?? {}) as { error_code?: unknown; message?: unknown };
  const said = typeof message === 'string' ? clean(message) : (plain(text, headers) ?? `status ${statusCode}`);
  const status = statusCode === 400 && isOverload.test(said) ? 503 : statusCode;
  return { ok: false, status, code: typeof code === 'string' ? code : '', message: said };
}

/** What SQLAlchemy says when the server is asked for more than it can do at once, and MLflow calls
 * a bad request.
 */
const isOverload = /QueuePool limit|database is locked/;

/** `undefined` for what is not valid JSON. An upload is answered with nothing, which is fine. */
function parse(text: string): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function plain(text: string, headers: Dispatcher.ResponseData['headers']): string | null {
  if (text.trim() === '' || String(headers['content-type'] ?? '').includes('html')) return null;
  return clean(text);
}

/** One line, without what a terminal would act upon. */
function clean(text: string): string {
  const line = text.replaceAll(/[\u0000-\u001f\u007f-\u009f\s]+/g, ' ').trim();
  return line.length > 500 ? `${line.slice(0, 497)}...` : line;
}

/** The error that a failed answer is to callers. */
export function failureOf(answer: Answer & { readonly ok: false }, address: string, asked: string): QualmError {
  const { status, code, message } = answer;
  const said = `registry ${address}: ${asked}: ${code ? `${code}: ` : ''}${message} (${status})`;
  if (status === 401)
    return new QualmError('access-denied', `${said}; give a user and password, or a token`, { cause: answer });
  if (status === 403)
    return new QualmError(
      'access-denied',
      `${said}; this user lacks the permission, or the server does not accept this host name`,
      {
        cause: answer,
      },
    );
  if (code === 'RESOURCE_DOES_NOT_EXIST') return new QualmError('model-missing', said, { cause: answer });
  if (status === 429 || status >= 500) return new QualmError('registry-unavailable', said, { cause: answer });
  return new QualmError('registry-invalid', said, { cause: answer });
}
