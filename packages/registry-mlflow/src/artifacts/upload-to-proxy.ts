import { Transform } from 'node:stream';
import type { Readable } from 'node:stream';
import pMap from 'p-map';
import { z } from 'zod';
import { QualmError } from '@qualm/types';
import { failureOf } from '../http/answer.ts';
import type { HttpClient } from '../http/http-client.ts';
import type { UploadFile } from '../stores/model-store.ts';
import { artifactPath } from '../uri/names.ts';

const partBytes = 64 * 2 ** 20;
const partsAtOnce = 4;
const route = ['api', '2.0', 'mlflow-artifacts'] as const;

const createSchema = z.object({
  upload_id: z.string().default(''),
  credentials: z.array(
    z.object({
      url: z.string(),
      part_number: z.coerce.number().int(),
      headers: z.record(z.string(), z.string()).default({}),
    }),
  ),
});

/** Puts a file below the proxy's root: large ones in parts straight to where the server keeps them,
 * where it can do that. A part that fails is sent again, not the file. Nothing is held in memory.
 */
export async function uploadToProxy(
  client: HttpClient,
  root: string,
  file: UploadFile,
  onBytes: (bytes: number) => void,
  signal?: AbortSignal,
): Promise<void> {
  const path = [...root.split('/'), ...artifactPath(file.path, 'registry').split('/')];
  if (file.bytes > partBytes && (await uploadInParts(client, path, file, onBytes, signal))) return;
  const count = counter(onBytes);
  await client.value({
    method: 'PUT',
    path: [...route, 'artifacts', ...path],
    body: { bytes: file.bytes, open: () => count(file.open(0, file.bytes)) },
    repeatable: true,
    signal,
  });
}

/** False where the server has no multipart upload. */
async function uploadInParts(
  client: HttpClient,
  path: readonly string[],
  file: UploadFile,
  onBytes: (bytes: number) => void,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const parts = Math.ceil(file.bytes / partBytes);
  const name = path.at(-1)!;
  const folder = path.slice(0, -1);
  const ask = (step: 'create' | 'complete' | 'abort', json: object) =>
    client.ask({
      method: 'POST',
      path: [...route, 'mpu', step, ...folder],
      json: { path: name, ...json },
      repeatable: step !== 'create',
      signal: step === 'abort' ? undefined : signal,
    });
  const created = await ask('create', { num_parts: parts });
  if (!created.ok && (created.status === 404 || created.status === 405 || created.status === 501)) return false;
  if (!created.ok) throw failureOf(created, client.address, 'begin an upload in parts');
  const { upload_id: uploadId, credentials } = parseCreated(created.value, client.address, parts);
  try {
    const etags = await pMap(
      credentials,
      async ({ url, headers, part_number: number }) => {
        const start = (number - 1) * partBytes;
        const end = Math.min(file.bytes, start + partBytes);
        const etag = await putPart(client, url, headers, { file, start, end }, onBytes, signal);
        return { part_number: number, etag, url };
      },
      { concurrency: partsAtOnce },
    );
    const completed = await ask('complete', { upload_id: uploadId, parts: etags });
    if (!completed.ok) throw failureOf(completed, client.address, 'end an upload in parts');
  } catch (error) {
    await ask('abort', { upload_id: uploadId }).catch(() => undefined);
    throw error;
  }
  return true;
}

function parseCreated(value: unknown, address: string, parts: number): z.infer<typeof createSchema> {
  const created = createSchema.safeParse(value);
  const numbers = new Set(created.data?.credentials.map(({ part_number: number }) => number));
  const complete = numbers.size === parts && Math.min(...numbers) === 1 && Math.max(...numbers) === parts;
  if (created.success && complete) return created.data;
  throw new QualmError('registry-invalid', `registry ${address}: expected addresses for ${parts} parts, got others`);
}

/** To an address that the server made for this part: none of our credentials go there. */
async function putPart(
  client: HttpClient,
  url: string,
  headers: Readonly<Record<string, string>>,
  { file, start, end }: { readonly file: UploadFile; readonly start: number; readonly end: number },
  onBytes: (bytes: number) => void,
  signal: AbortSignal | undefined,
): Promise<string> {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new QualmError('registry-invalid', `registry ${client.address}: a part's address is not an http address`);
  const count = counter(onBytes);
  const body = { bytes: end - start, open: () => count(file.open(start, end)) };
  return client.putAnywhere(new URL(url), { headers, body, signal });
}

/** Counts the bytes of each attempt; what an attempt had sent before it failed is taken back by the
 * next.
 */
function counter(onBytes: (bytes: number) => void): (body: Readable) => Readable {
  let sent = 0;
  return (body) => {
    onBytes(-sent);
    sent = 0;
    const counting = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        sent += chunk.length;
        onBytes(chunk.length);
        done(null, chunk);
      },
    });
    body.on('error', (error) => counting.destroy(error));
    return body.pipe(counting);
  };
}
