import type { Readable } from 'node:stream';
import { QualmError } from '@qualm/types';
import { limitTime } from './limit-time.ts';

export interface SmallLimits {
  readonly maxBytes: number;
  readonly seconds: number;
  /** What is read, for messages. */
  readonly where: string;
}

/** A small body, whole. @throws QualmError `registry-invalid` for more than `maxBytes`; an
 * interruption when it takes too long.
 */
export async function readSmall(body: Readable, { maxBytes, seconds, where }: SmallLimits): Promise<Buffer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of limitTime(body, seconds) as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > maxBytes) throw new QualmError('registry-invalid', `${where}: longer than ${maxBytes} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}
