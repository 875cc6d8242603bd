import type { Readable } from 'node:stream';

/** Lets go of a body, whether it was read or not. Giving one up is an error to it, which nobody
 * else hears of.
 */
export function drain(body: Readable): void {
  body.on('error', () => undefined).destroy();
}
