import type { Readable } from 'node:stream';

/** The beginning of a body as text, at most 16 KiB of it. */
export async function readText(body: Readable): Promise<string> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of body as AsyncIterable<Buffer>) {
    parts.push(part);
    length += part.length;
    if (length >= 16_384) break;
  }
  return Buffer.concat(parts).toString('utf8');
}
