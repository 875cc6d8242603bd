import type { Dispatcher } from 'undici';
import { QualmError } from '@qualm/types';
import { headerOf } from './header-of.ts';
import type { Room } from './room.ts';
import { TransientError } from './transient-error.ts';

/** How an answer's body is read. */
export interface ReadBodyOptions {
  /** What is read, for messages. */
  readonly what: string;
  readonly maxBytes: number;
  readonly room?: Room;
}

const stepBytes = 2 ** 20;
const anyRoom: Room = () => Promise.resolve();

/** All bytes of a body, as many as it announced.
 * @throws QualmError `image-too-large` when there are more than `maxBytes`, `unsupported` when they
 * are compressed; TransientError when the body ends early; what `room` throws.
 */
export async function readBody(
  response: Pick<Dispatcher.ResponseData, 'headers' | 'body'>,
  options: ReadBodyOptions,
): Promise<Uint8Array> {
  const { what, maxBytes } = options;
  assertPlain(what, headerOf(response.headers, 'content-encoding'));
  const announced = lengthOf(headerOf(response.headers, 'content-length'));
  if (announced !== null && announced > maxBytes) throw tooLarge(what, `${announced} bytes`, maxBytes);
  return announced === null ? readUnannounced(response, options) : readAnnounced(response, announced, options);
}

async function readAnnounced(
  { body }: Pick<Dispatcher.ResponseData, 'body'>,
  length: number,
  { room = anyRoom }: ReadBodyOptions,
): Promise<Uint8Array> {
  await room(length);
  const bytes = new Uint8Array(length);
  let at = 0;
  for await (const part of body as AsyncIterable<Buffer>) {
    if (at + part.length > length) throw new TransientError(`more came than the ${length} bytes that it announced`);
    bytes.set(part, at);
    at += part.length;
  }
  if (at < length) throw new TransientError(`it ended after ${at} of ${length} bytes`);
  return bytes;
}

async function readUnannounced(
  { body }: Pick<Dispatcher.ResponseData, 'body'>,
  { what, maxBytes, room = anyRoom }: ReadBodyOptions,
): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  let length = 0;
  let held = 0;
  for await (const part of body as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > maxBytes) throw tooLarge(what, `more than ${maxBytes} bytes`, maxBytes);
    if (length > held) {
      held = 2 * length + stepBytes;
      await room(held);
    }
    parts.push(part);
  }
  // A buffer of its own: small ones lie in a pool, which would travel to threads as a whole.
  return new Uint8Array(Buffer.concat(parts, length));
}

/** `aws-chunked` is left on objects that were uploaded so, and says nothing of what comes. */
function assertPlain(what: string, encoding = ''): void {
  const names = encoding.toLowerCase().split(',');
  const compressed = names.map((name) => name.trim()).find((name) => !['', 'identity', 'aws-chunked'].includes(name));
  if (compressed === undefined) return;
  throw new QualmError(
    'unsupported',
    `${what}: it comes compressed as ${JSON.stringify(compressed)}, and was asked for as it is; store it uncompressed`,
  );
}

function lengthOf(header: string | undefined): number | null {
  return header !== undefined && /^\d{1,15}$/.test(header) ? Number(header) : null;
}

function tooLarge(what: string, has: string, maxBytes: number): QualmError {
  return new QualmError('image-too-large', `${what}: it has ${has}; the limit is ${maxBytes} (maxBytes)`);
}
