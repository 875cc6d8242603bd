import { STATUS_CODES } from 'node:http';
import type { Dispatcher } from 'undici';
import { QualmError } from '@qualm/types';
import type { QualmErrorCode } from '@qualm/types';
import { retryAfterMs } from './retry-after.ts';
import { TransientError } from './transient-error.ts';

const passing = new Set([408, 425, 429, 500, 502, 503, 504]);
const codes: Readonly<Record<number, QualmErrorCode>> = {
  401: 'access-denied',
  403: 'access-denied',
  407: 'access-denied',
  404: 'image-missing',
  410: 'image-missing',
};

/** What a status that is no success means.
 * @param said what the server says beside it
 */
export function statusError(
  what: string,
  { statusCode, headers }: Pick<Dispatcher.ResponseData, 'statusCode' | 'headers'>,
  said: string | undefined = STATUS_CODES[statusCode],
): Error {
  const status = `status ${statusCode}${said === undefined ? '' : ` (${said})`}`;
  if (passing.has(statusCode)) return new TransientError(status, { waitMs: retryAfterMs(headers) });
  return new QualmError(codes[statusCode] ?? 'io', `${what}: ${status}`);
}
