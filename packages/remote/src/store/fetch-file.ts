import { mkdir, open, rename, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { QualmError } from '@qualm/types';
import { headerOf } from '../net/header-of.ts';
import { readBody } from '../net/read-body.ts';
import type { HttpResponse } from '../net/send.ts';
import { TransientError } from '../net/transient-error.ts';
import type { S3Client } from '../s3/s3-client.ts';
import type { S3Place } from '../s3/s3-uri.ts';

/** What is fetched, and where to. */
export interface FetchTarget extends S3Place {
  readonly client: S3Client;
  readonly folder: string;
  readonly name: string;
  /** What is done, for messages. */
  readonly what: string;
  readonly signal?: AbortSignal | undefined;
}

/** Fetches an object into a file, whole or not at all, a part at a time.
 * @returns its ETag, or null where there is none.
 * @throws QualmError `io` where the file cannot be written, or the object changes meanwhile.
 */
export async function fetchFile(target: FetchTarget): Promise<string | null> {
  const path = join(target.folder, target.name);
  const unfinished = `${path}.tmp`;
  try {
    await mkdir(target.folder, { recursive: true });
    const file = await open(unfinished, 'w');
    const tag = await fetchInto(file, target).finally(() => file.close());
    if (tag !== null) await rename(unfinished, path);
    else await rm(unfinished, { force: true });
    return tag;
  } catch (error) {
    await rm(unfinished, { force: true });
    if (typeof (error as NodeJS.ErrnoException).syscall !== 'string') throw error;
    throw new QualmError('io', `${target.what}: ${(error as Error).message}`, { cause: error });
  }
}

const partBytes = 8 * 2 ** 20;
/** A server that does not know of ranges gives all at once. */
const mostBytes = 2 ** 31;

interface Part {
  readonly bytes: Uint8Array;
  readonly tag: string;
  /** Bytes of the whole object. */
  readonly total: number;
}

async function fetchInto(file: FileHandle, { client, bucket, key, what, signal }: FetchTarget): Promise<string | null> {
  let at = 0;
  let tag: string | null = null;
  for (let total = 1; at < total;) {
    const range = `bytes=${at}-${at + partBytes - 1}`;
    const headers: Record<string, string> = { range, ...(tag !== null && { 'if-match': tag }) };
    const request = { method: 'GET', bucket, key, what, signal, headers, accepts: at === 0 ? [404, 416] : [] } as const;
    const part: Part | null = await client.ask(request, (response) => readPart(response, what, at));
    if (part === null) return null;
    await file.write(part.bytes, 0, part.bytes.length, at);
    ({ tag, total } = part);
    at += part.bytes.length;
  }
  return tag;
}

async function readPart(response: HttpResponse, what: string, at: number): Promise<Part | null> {
  const { statusCode, headers } = response;
  const tag = headerOf(headers, 'etag') ?? '';
  if (statusCode === 404) return null;
  // Of an object without bytes there is no range.
  if (statusCode === 416) return { bytes: new Uint8Array(), tag, total: 0 };
  const bytes = await readBody(response, { what, maxBytes: mostBytes });
  if (statusCode !== 206) {
    if (at > 0) throw new QualmError('io', `${what}: the server gives ranges of it now and then`);
    return { bytes, tag, total: bytes.length };
  }
  const [, start, total] = /^bytes (\d+)-\d+\/(\d+)$/.exec(headerOf(headers, 'content-range') ?? '') ?? [];
  if (Number(start) !== at || total === undefined || bytes.length === 0) {
    throw new TransientError(`another range came than the one from ${at}`);
  }
  return { bytes, tag, total: Number(total) };
}
