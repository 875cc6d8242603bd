import { createHash, randomUUID } from 'node:crypto';
import { chmod, copyFile, link, mkdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import pMap from 'p-map';
import { QualmError } from '@qualm/types';
import type { ArtifactFile, Artifacts } from '../artifacts/artifacts.ts';
import type { HttpSettings } from '../http/http-settings.ts';
import { writeWhole } from '../stores/yaml-file.ts';
import { artifactPath } from '../uri/names.ts';
import { downloadFile } from './download-file.ts';
import { evict } from './evict.ts';
import { hashFile } from './hash-file.ts';
import { readTree } from './tree.ts';
import type { Tree } from './tree.ts';
import { withLock } from './with-lock.ts';

/** How far a download is. */
export interface DownloadProgress {
  readonly bytes: number;
  /** Null where the store does not say how long its files are. */
  readonly totalBytes: number | null;
  readonly files: number;
  readonly totalFiles: number;
}

export interface CacheOptions {
  /** Absolute path. */
  readonly folder: string;
  /** Bytes to keep; what was used longest ago goes first. 20 GiB by default. */
  readonly maxBytes?: number;
  /** Files at the same time; 4 by default. */
  readonly concurrency?: number;
}

export interface FetchOptions {
  /** SHA-256 by path, where they are known. */
  readonly digests: Readonly<Record<string, string>>;
  /** Files that were read already, by path. */
  readonly read: Readonly<Record<string, Buffer>>;
  /** Hash the files again that are there already. */
  readonly verify: boolean;
  readonly maxModelBytes: number;
  readonly settings: HttpSettings;
  readonly onProgress?: ((progress: DownloadProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Models fetched once: each file under the hash of what it holds, each model a folder of links to
 * its files. Processes may share it; one fetches a model while the others wait for it.
 */
export function createModelCache({ folder, maxBytes = 20 * 2 ** 30, concurrency = 4 }: CacheOptions): {
  fetch(artifacts: Artifacts, files: readonly ArtifactFile[], options: FetchOptions): Promise<string>;
} {
  const blobPath = (sha256: string): string => join(folder, 'blobs', sha256.slice(0, 2), sha256);

  /** The folder of a model that is whole, null where it is not. */
  async function whole(tree: string, verify: boolean): Promise<string | null> {
    const root = join(tree, 'files');
    const content = await readTree(tree);
    if (!content) return null;
    for (const { path, bytes, sha256 } of content.files) {
      const file = join(root, artifactPath(path, 'cache'));
      const found = await stat(file).catch(() => null);
      if (found?.size !== bytes || (verify && (await hashFile(file)) !== sha256)) return null;
    }
    const now = new Date();
    await utimes(join(tree, 'tree.json'), now, now);
    return root;
  }

  async function store(from: string, sha256: string): Promise<void> {
    const blob = blobPath(sha256);
    await mkdir(dirname(blob), { recursive: true });
    await chmod(from, 0o444);
    await rename(from, blob);
  }

  async function build(tree: string, content: Tree): Promise<string> {
    const fresh = `${tree}.${randomUUID()}`;
    for (const { path, sha256 } of content.files) {
      const file = join(fresh, 'files', path);
      await mkdir(dirname(file), { recursive: true });
      await link(blobPath(sha256), file).catch(() => copyFile(blobPath(sha256), file));
    }
    await writeWhole(join(fresh, 'tree.json'), `${JSON.stringify(content, null, 1)}\n`);
    await rm(tree, { recursive: true, force: true });
    await rename(fresh, tree);
    return join(tree, 'files');
  }

  async function download(
    key: string,
    artifacts: Artifacts,
    files: readonly ArtifactFile[],
    options: FetchOptions,
  ): Promise<Tree> {
    const { digests, read, maxModelBytes, settings, onProgress, signal } = options;
    const partial = join(folder, 'partial', key);
    await mkdir(partial, { recursive: true });
    const totalBytes = files.reduce<number | null>(
      (sum, { size }) => (sum === null || size === null ? null : sum + size),
      0,
    );
    let bytes = 0;
    let done = 0;
    const tell = (): void => onProgress?.({ bytes, totalBytes, files: done, totalFiles: files.length });
    tell();
    const fetched = await pMap(
      files,
      async (file, index) => {
        const { path } = file;
        const known = digests[path];
        const part = join(partial, String(index));
        const had = known !== undefined && (await stat(blobPath(known)).catch(() => null));
        if (had && had.size === (file.size ?? had.size) && (await hashFile(blobPath(known))) === known) {
          bytes += had.size;
          done++;
          tell();
          return { path, bytes: had.size, sha256: known };
        }
        if (Object.hasOwn(read, path)) {
          const { length } = read[path]!;
          if (file.size !== null && file.size !== length)
            throw new QualmError(
              'registry-invalid',
              `registry ${artifacts.location}: "${path}" has ${length} bytes, the list said ${file.size}`,
            );
          await writeFile(part, read[path]!);
          const sha256 = createHash('sha256').update(read[path]!).digest('hex');
          await store(part, sha256);
          bytes += length;
          done++;
          tell();
          return { path, bytes: length, sha256 };
        }
        const onBytes = (more: number): void => {
          bytes += more;
          tell();
        };
        const got = await downloadFile({
          artifacts,
          file,
          path: part,
          maxBytes: maxModelBytes,
          settings,
          onBytes,
          signal,
        });
        if (known !== undefined && got.sha256 !== known) {
          await rm(part, { force: true });
          throw new QualmError(
            'registry-invalid',
            `registry ${artifacts.location}: "${path}" is not what was logged: its SHA-256 is ${got.sha256}, expected ${known}`,
          );
        }
        await store(part, got.sha256);
        done++;
        tell();
        return { path, ...got };
      },
      { concurrency },
    );
    await rm(partial, { recursive: true, force: true });
    return { location: artifacts.location, files: fetched };
  }

  return {
    /** The folder on this machine that holds these files, fetched where they are not there yet. */
    async fetch(artifacts, files, options) {
      const known = files.reduce((sum, { size }) => sum + (size ?? 0), 0);
      if (known > options.maxModelBytes)
        throw new QualmError(
          'registry-invalid',
          `registry ${artifacts.location}: the model has ${known} bytes, more than the ${options.maxModelBytes} allowed; raise maxModelBytes if you trust where it is from`,
        );
      const key = createHash('sha256')
        .update(JSON.stringify([artifacts.location, files, options.digests]))
        .digest('hex');
      const tree = join(folder, 'models', key);
      const hit = await whole(tree, options.verify);
      if (hit !== null) return hit;
      const root = await withLock(
        join(folder, 'locks', key),
        async () => {
          const meanwhile = await whole(tree, options.verify);
          if (meanwhile !== null) return meanwhile;
          return build(tree, await download(key, artifacts, files, options));
        },
        options.signal,
      );
      await evict(folder, maxBytes, key);
      return root;
    },
  };
}
