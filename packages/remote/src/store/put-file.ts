import { open, readFile, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { QualmError } from '@qualm/types';
import { readText } from '../net/read-text.ts';
import type { S3Client } from '../s3/s3-client.ts';
import { elementOf } from '../s3/s3-xml.ts';
import type { S3Place } from '../s3/s3-uri.ts';

/** Where a file goes. */
export interface PutTarget extends S3Place {
  readonly client: S3Client;
  /** What is done, for messages. */
  readonly what: string;
  readonly signal?: AbortSignal | undefined;
}

const partBytes = 8 * 2 ** 20;

/** Puts a file into S3, where it appears whole or not at all; a large one in parts. */
export async function putFile(path: string, target: PutTarget): Promise<void> {
  const { size } = await stat(path);
  if (size > 2 * partBytes) return putParts(path, size, target);
  const body = new Uint8Array(await readFile(path));
  const { client, bucket, key, what, signal } = target;
  await client.ask({ method: 'PUT', bucket, key, what, body, signal }, () => Promise.resolve());
}

async function putParts(path: string, size: number, target: PutTarget): Promise<void> {
  const { client, bucket, key, what, signal } = target;
  const place = { bucket, key, what };
  const begun = await client.ask({ ...place, method: 'POST', query: { uploads: '' }, signal }, ({ body }) =>
    readText(body),
  );
  const uploadId = elementOf(begun, 'UploadId');
  if (uploadId === null) throw new QualmError('io', `${what}: S3 began no upload`);
  const file = await open(path);
  try {
    const tags: string[] = [];
    for (let at = 0; at < size; at += partBytes) {
      const body = await readPart(file, at, Math.min(partBytes, size - at));
      const query = { partNumber: String(tags.length + 1), uploadId };
      const tag = await client.ask({ ...place, method: 'PUT', query, body, signal }, ({ headers }) =>
        Promise.resolve(String(headers['etag'] ?? '')),
      );
      tags.push(tag);
    }
    await complete(target, uploadId, tags);
  } catch (error) {
    const given = { ...place, method: 'DELETE', query: { uploadId } } as const;
    await client.ask(given, () => Promise.resolve()).catch(() => undefined);
    throw error;
  } finally {
    await file.close();
  }
}

async function readPart(file: FileHandle, at: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  const { bytesRead } = await file.read(bytes, 0, length, at);
  return bytes.subarray(0, bytesRead);
}

/** An upload that fails at its end may do so with the status of a success. */
async function complete(
  { client, bucket, key, what, signal }: PutTarget,
  uploadId: string,
  tags: readonly string[],
): Promise<void> {
  const parts = tags.map(
    (tag, index) => `<Part><PartNumber>${index + 1}</PartNumber><ETag>${escaped(tag)}</ETag></Part>`,
  );
  const body = new TextEncoder().encode(`<CompleteMultipartUpload>${parts.join('')}</CompleteMultipartUpload>`);
  const request = { method: 'POST', bucket, key, what, query: { uploadId }, body, signal } as const;
  const answer = await client.ask(request, (response) => readText(response.body));
  const code = /<Error>/.test(answer) ? elementOf(answer, 'Code') : null;
  if (code !== null) throw new QualmError('io', `${what}: S3 did not put the parts together: ${code}`);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
