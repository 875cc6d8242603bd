import { request } from 'undici';
import type { Dispatcher } from 'undici';

/** What came of a request. */
export type HttpResponse = Pick<Dispatcher.ResponseData, 'statusCode' | 'headers' | 'body'>;

/** More than any body has. undici 7 ends the process when a server closes a connection whose body
 * waits to be read (https://github.com/nodejs/undici/issues/5360), so none is ever made to wait:
 * what may come is known before it is read, and let go of where it may not.
 */
const unbounded = 2 ** 50;

/** Sends a request whose body is read at once, or destroyed. */
export function send(
  url: URL,
  options: Omit<NonNullable<Parameters<typeof request>[1]>, 'highWaterMark'>,
): Promise<HttpResponse> {
  return request(url, { ...options, highWaterMark: unbounded });
}
