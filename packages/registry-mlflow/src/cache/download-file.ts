import { createHash } from 'node:crypto';
import { open, rm, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { QualmError } from '@qualm/types';
import type { ArtifactFile, Artifacts } from '../artifacts/artifacts.ts';
import { defaultTimeoutSeconds } from '../http/create-dispatcher.ts';
import { limitPace } from '../http/limit-time.ts';
import { isInterruption, unavailable } from '../http/transport-error.ts';
import type { HttpSettings } from '../http/http-settings.ts';
import { retry, throwIfAborted, TransientError } from '../http/retry.ts';
import { readSmallFile, writeWhole } from '../stores/yaml-file.ts';
import { feedFile } from './hash-file.ts';

export interface Download {
  readonly artifacts: Artifacts;
  readonly file: ArtifactFile;
  /** Where the file grows; it stays when the download fails, and the next one goes on from there.
   */
  readonly path: string;
  readonly maxBytes: number;
  readonly settings: HttpSettings;
  /** Bytes since the last call; less than 0 where some had to be thrown away. */
  readonly onBytes: (bytes: number) => void;
  readonly signal?: AbortSignal | undefined;
}

/** Fetches a file as far as `path`, going on where an earlier attempt or process stopped.
 * @returns its length and SHA-256.
 * @throws QualmError `registry-invalid` when its length is not what the store had said,
 * `registry-unavailable` when it cannot be had.
 */
export async function downloadFile(download: Download): Promise<{ readonly bytes: number; readonly sha256: string }> {
  const { artifacts, file, path, settings, signal } = download;
  let attempts = 0;
  try {
    return await retry(() => attempt(download, ++attempts < maxAttempts), settings, signal);
  } catch (error) {
    throwIfAborted(signal);
    if (error instanceof TransientError)
      throw unavailable(new TransientError(`"${file.path}": ${error.message}`, { cause: error }), artifacts.location);
    if (QualmError.is(error, 'registry-invalid')) await rm(path, { force: true });
    throw error;
  }
}

/** An attempt that got further is no reason to give up, but a server that cuts off after each byte
 * is.
 */
const maxAttempts = 1000;

async function attempt(download: Download, mayProgress: boolean): Promise<{ bytes: number; sha256: string }> {
  const { artifacts, file, path, maxBytes, settings, onBytes, signal } = download;
  const kept = await stat(path).then(
    ({ size }) => size,
    () => 0,
  );
  const validator = kept > 0 ? await readSmallFile(`${path}.validator`) : null;
  const opened = await artifacts.open(file.path, { start: validator === null ? 0 : kept, validator }, signal);
  const { total, body } = opened;
  // Giving up a body is an error to it, which nothing else handles.
  body.on('error', () => undefined);
  const count = limitPace(body, settings.timeoutSeconds ?? defaultTimeoutSeconds);
  const hash = createHash('sha256');
  let at = opened.start;
  try {
    if (at !== 0 && at !== kept) throw wrong(download, `begins at ${at}, expected ${kept}`);
    const wanted = file.size ?? total;
    if (total !== null && file.size !== null && total !== file.size)
      throw wrong(download, `has ${total} bytes, the list said ${file.size}`);
    if (opened.validator !== null) await writeWhole(`${path}.validator`, opened.validator);
    else await rm(`${path}.validator`, { force: true });
    await feedFile(hash, path, Math.min(at, kept));
    if (at === kept) onBytes(kept);
    const target = await open(path, at === 0 ? 'w' : 'r+');
    const writer = batchWriter(target, at);
    try {
      for await (const part of body as AsyncIterable<Buffer>) {
        if (at + part.length > Math.min(wanted ?? Infinity, maxBytes))
          throw wrong(download, `is longer than the ${wanted ?? maxBytes} bytes that were expected`);
        at += part.length;
        onBytes(part.length);
        count(part.length);
        await writer.write(part);
        hash.update(part);
      }
      await writer.flush();
      await target.truncate(at);
    } catch (error) {
      // What came is kept for the next attempt.
      await writer.flush().catch(() => undefined);
      throwIfAborted(signal);
      onBytes(-at);
      if (QualmError.is(error) || !isInterruption(error)) throw error;
      const message = error instanceof Error ? error.message : String(error);
      throw new TransientError(`cut off after ${at} bytes: ${message}`, {
        cause: error,
        progressed: mayProgress && at > kept,
      });
    } finally {
      await target.close();
    }
    if (wanted !== null && at < wanted) {
      onBytes(-at);
      throw new TransientError(`ended after ${at} of ${wanted} bytes`, { progressed: mayProgress && at > kept });
    }
    return { bytes: at, sha256: hash.digest('hex') };
  } finally {
    body.destroy();
  }
}

const batchBytes = 2 ** 20;

/** Writes parts a mebibyte at a time, while the next ones come in. */
function batchWriter(file: FileHandle, from: number): { write(part: Buffer): Promise<void>; flush(): Promise<void> } {
  let at = from;
  let parts: Buffer[] = [];
  let bytes = 0;
  let writing: Promise<unknown> = Promise.resolve();
  async function push(): Promise<void> {
    await writing;
    if (bytes === 0) return;
    writing = file.writev(parts, at);
    // Told by the next call that waits for it.
    writing.catch(() => undefined);
    at += bytes;
    parts = [];
    bytes = 0;
  }
  return {
    async write(part) {
      parts.push(part);
      bytes += part.length;
      if (bytes >= batchBytes) await push();
    },
    async flush() {
      await push();
      await writing;
    },
  };
}

function wrong({ file, artifacts }: Download, what: string): QualmError {
  return new QualmError(
    'registry-invalid',
    `registry ${artifacts.location}: "${file.path}" ${what}; nothing of it was kept`,
  );
}
