import type { Readable } from 'node:stream';

/** Fails a body that has not ended in time: a server that sends a byte now and then is never
 * silent, and never ends.
 */
export function limitTime<Body extends Readable>(body: Body, seconds: number): Body {
  const timer = setTimeout(() => body.destroy(tooSlow(`did not end within ${seconds} s`)), seconds * 1000);
  timer.unref();
  return body.once('close', () => clearTimeout(timer));
}

const leastBytesPerSecond = 1024;

/** Fails a body that brings next to nothing in as many seconds; every byte is reported to the
 * function that it gives back.
 */
export function limitPace(body: Readable, seconds: number): (bytes: number) => void {
  let came = 0;
  const timer = setInterval(() => {
    if (came < seconds * leastBytesPerSecond) body.destroy(tooSlow(`brought ${came} bytes in ${seconds} s`));
    came = 0;
  }, seconds * 1000);
  timer.unref();
  body.once('close', () => clearInterval(timer));
  return (bytes) => void (came += bytes);
}

/** An error that counts as a connection which broke. */
function tooSlow(what: string): Error {
  return Object.assign(new Error(`its answer ${what}`), { code: 'ETIMEDOUT' });
}
