import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { crc32 } from 'node:zlib';
import type { MessageInitShape } from '@bufbuild/protobuf';
import { ioAdvice, QualmError } from '@qualm/types';
import { SparkConnectService } from '../generated/spark/connect/base_pb.ts';
import type { AddArtifactsRequestSchema } from '../generated/spark/connect/base_pb.ts';
import { CallFailure } from './call-failure.ts';
import type { Server } from './server.ts';
import { sessionError } from './session-error.ts';
import type { Upload, UploadArchiveOptions, UploadOptions, UploadSource } from './spark-session.ts';
import { SparkError } from './spark-error.ts';

type Request = MessageInitShape<typeof AddArtifactsRequestSchema>;

/** Uploads of one session, which remembers what it has sent. */
export interface Uploads {
  file(source: UploadSource, options?: UploadOptions): Promise<Upload>;
  archive(source: UploadSource, options?: UploadArchiveOptions): Promise<Upload>;
}

/** As much as Spark's own clients send in one message. */
const chunkBytes = 32 * 1024;
const archive = /\.(tgz|tar\.gz|tar|zip|jar)$/;
/** What is a name in any folder, and says nothing to Spark: `#` would. */
const plainName = /^(?!\.+$)[\w.+-]+$/;

/** Uploads to the session of a server.
 * @param serverSessionId the folder of its uploads; null where that is not known.
 */
export function createUploads(server: Server, serverSessionId: string | null, closing: AbortSignal): Uploads {
  const sent = new Map<string, string>();
  const placeOf = (name: string): string => (serverSessionId === null ? name : `${serverSessionId}/${name}`);
  const upload = async (artifact: string, source: UploadSource, options: UploadOptions): Promise<boolean> => {
    const signal = AbortSignal.any([closing, ...(options.signal ? [options.signal] : [])]);
    try {
      const content = await contentOf(source);
      if (sent.get(artifact) === content.hash) return false;
      await send(server, artifact, source, content.total, { ...options, signal });
      sent.set(artifact, content.hash);
      return true;
    } catch (error) {
      if (signal.aborted) throw new QualmError('aborted', 'upload: it was stopped', { cause: signal.reason });
      throw ofUpload(await sessionError(error, server, 'upload'), source, artifact);
    }
  };
  return {
    async file(source, options = {}) {
      const name = nameOf(source, options);
      return { name, path: placeOf(name), isSent: await upload(`files/${name}`, source, options) };
    },
    async archive(source, options = {}) {
      const name = nameOf(source, options);
      if (!archive.test(name))
        throw invalid(`"${name}" is no archive that Spark unpacks`, 'a .tgz, .tar.gz, .zip or .jar');
      const folder = options.folder ?? name.replace(archive, '');
      if (!plainName.test(folder)) throw invalid(`"${folder}" is no name of a folder`, 'letters, digits, . - _ and +');
      return {
        name: folder,
        path: placeOf(folder),
        isSent: await upload(`archives/${name}#${folder}`, source, options),
      };
    },
  };
}

function nameOf(source: UploadSource, { name }: UploadOptions): string {
  if (typeof source !== 'string' && !(source instanceof Uint8Array))
    throw new RangeError('upload: its source is neither a path nor bytes');
  const found = name ?? (typeof source === 'string' ? basename(source) : undefined);
  if (found === undefined) throw invalid('bytes have no name', 'one in its options, such as { name: "a.txt" }');
  if (!plainName.test(found)) throw invalid(`"${found}" is no name`, 'letters, digits, . - _ and +');
  return found;
}

function invalid(what: string, wanted: string): QualmError {
  return new QualmError('options-invalid', `upload: ${what}; expected ${wanted}`);
}

async function contentOf(source: UploadSource): Promise<{ readonly total: number; readonly hash: string }> {
  const hash = createHash('sha256');
  let total = 0;
  for await (const chunk of chunksOf(source, 1 << 20)) {
    hash.update(chunk);
    total += chunk.length;
  }
  return { total, hash: hash.digest('hex') };
}

async function* chunksOf(source: UploadSource, size: number): AsyncGenerator<Uint8Array, void, undefined> {
  if (typeof source !== 'string') {
    for (let at = 0; at < source.length; at += size) yield source.subarray(at, at + size);
    return;
  }
  const file = await open(source);
  try {
    for (;;) {
      const buffer = Buffer.allocUnsafe(size);
      // A pipe or a slow disk gives less than it is asked for.
      let filled = 0;
      while (filled < size) {
        const { bytesRead } = await file.read(buffer, filled, size - filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      if (filled > 0) yield buffer.subarray(0, filled);
      if (filled < size) return;
    }
  } finally {
    await file.close();
  }
}

async function send(
  server: Server,
  name: string,
  source: UploadSource,
  total: number,
  { signal, onProgress }: UploadOptions,
): Promise<void> {
  const retries = server.retries(signal);
  for (;;) {
    try {
      const requests = requestsOf(server, name, source, total, onProgress);
      const response = await server.calls.send(SparkConnectService.method.addArtifacts, requests, { signal });
      server.see(response);
      if (response.artifacts.every(({ isCrcSuccessful }) => isCrcSuccessful)) return;
      throw new QualmError('io', `upload: ${name} arrived damaged on ${server.name}; try again`);
    } catch (error) {
      if (!(error instanceof CallFailure)) throw error;
      await retries.wait(error);
    }
  }
}

async function* requestsOf(
  server: Server,
  name: string,
  source: UploadSource,
  total: number,
  onProgress: UploadOptions['onProgress'],
): AsyncGenerator<Request, void, undefined> {
  const chunkOf = (data: Uint8Array): { data: Uint8Array; crc: bigint } => ({ data, crc: BigInt(crc32(data)) });
  const identity = server.identity();
  // Spark takes a single chunk in no other way.
  if (total <= chunkBytes) {
    const artifacts: { name: string; data: ReturnType<typeof chunkOf> }[] = [];
    for await (const data of chunksOf(source, chunkBytes)) artifacts.push({ name, data: chunkOf(data) });
    yield { ...identity, payload: { case: 'batch', value: { artifacts } } };
    onProgress?.({ bytes: total, total });
    return;
  }
  let bytes = 0;
  for await (const data of chunksOf(source, chunkBytes)) {
    if (bytes > 0) yield { ...identity, payload: { case: 'chunk', value: chunkOf(data) } };
    else {
      const numChunks = BigInt(Math.ceil(total / chunkBytes));
      const value = { name, totalBytes: BigInt(total), numChunks, initialChunk: chunkOf(data) };
      yield { ...identity, payload: { case: 'beginChunk', value } };
    }
    bytes += data.length;
    onProgress?.({ bytes, total });
  }
}

/** What an error means of a file. */
function ofUpload(error: unknown, source: UploadSource, artifact: string): unknown {
  if (QualmError.is(error)) {
    const { cause } = error;
    if (!(cause instanceof SparkError) || cause.errorClass !== 'ARTIFACT_ALREADY_EXISTS') return error;
    const text = `upload: ${artifact} is there already with other bytes; put a hash of the content into its name`;
    return new QualmError('io', text, { cause });
  }
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (typeof source !== 'string' || code === undefined || syscall === undefined) return error;
  return new QualmError('io', `upload: "${source}" cannot be read (${code}); ${ioAdvice(code) ?? 'check the file'}`, {
    cause: error,
  });
}
