import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, appendFile, constants, readFile, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { writeFileWhole } from '@qualm/datasets';
import { QualmError } from '@qualm/types';
import { UsageError } from '../terminal/exit-code.ts';

/** How files of the user's are treated. */
export interface OverwriteOptions {
  /** Writes over whatever is there. */
  readonly force?: true | undefined;
}

/** Beside the files that qualm wrote: a line for each, with its hash. A file is qualm's while it is
 * as qualm wrote it; one that somebody made, or changed, is theirs. So one rule holds for every
 * format, and survives that the folder is moved.
 */
const ledgerName = '.qualm-files.ndjson';
/** Bytes above which lines that later ones replace are left out. */
const longLedger = 1 << 20;

/** Says before the work begins that it would end in a file of somebody else.
 * @throws UsageError for files that are there and are not as qualm wrote them; empty ones hold
 * nothing to lose.
 */
export async function claimFiles(paths: readonly string[], { force }: OverwriteOptions): Promise<void> {
  if (force) return;
  const taken: string[] = [];
  for (const path of paths) if (!(await isFree(path))) taken.push(path);
  if (taken.length === 0) return;
  const more = taken.length > 3 ? ` and ${taken.length - 3} more` : '';
  throw new UsageError(
    `${taken.slice(0, 3).join(', ')}${more}: exists, and is not as qualm wrote it; ` +
      'choose another --out, or overwrite it with --force',
  );
}

/** The same of one file, whose folder is not made for it.
 * @throws UsageError as `claimFiles`; QualmError `io` where the folder is not there, or cannot be
 * written in.
 */
export async function claimFile(path: string, options: OverwriteOptions): Promise<void> {
  if (await isRegular(path)) await assertWritable(path, dirname(path));
  await claimFiles([path], options);
}

async function assertWritable(path: string, folder: string): Promise<void> {
  const isFolder = await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder) throw new QualmError('io', `${path}: there is no folder ${folder}; make it, or choose another place`);
  await access(folder, constants.W_OK).catch((cause: NodeJS.ErrnoException) => {
    throw new QualmError('io', `${path}: nothing can be written in ${folder} (${cause.code}); choose another place`, {
      cause,
    });
  });
}

/** Writes a file whole or not at all, and over no file of somebody else.
 * @throws UsageError as `claimFiles`; QualmError `io` that names the file and says why.
 */
export async function storeFile(path: string, content: string | Uint8Array, options: OverwriteOptions): Promise<void> {
  await claimFiles([path], options);
  // Before the file, so that a run that is killed in between finds its own again.
  await record(path, () => Promise.resolve(hashOf(content)));
  await writeFileWhole(path, content);
}

/** The same of a file that `write` writes whole or not at all. */
export async function storeWith<T>(path: string, options: OverwriteOptions, write: () => Promise<T>): Promise<T> {
  await claimFiles([path], options);
  const written = await write();
  await record(path, () => hashOfFile(path));
  return written;
}

/** Removes the files of a folder that qualm wrote and that were not changed since. */
export async function removeOwnFiles(folder: string, isMeant: (name: string) => boolean): Promise<void> {
  for (const name of (await readLedger(folder)).keys()) {
    if (basename(name) !== name || !isMeant(name)) continue;
    const path = join(folder, name);
    if (await isOurs(path)) await rm(path, { force: true });
  }
}

async function isFree(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  return !found?.isFile() || found.size === 0 || isOurs(path);
}

async function isOurs(path: string): Promise<boolean> {
  const hashes = (await readLedger(dirname(path))).get(basename(path));
  return hashes !== undefined && hashes.has(await hashOfFile(path).catch(() => ''));
}

/** True for a file, and for none yet; false for a pipe or a device. */
async function isRegular(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  return found?.isFile() ?? true;
}

/** A file that could not be recorded is not qualm's: the next run asks before it writes over it. */
async function record(path: string, hash: () => Promise<string>): Promise<void> {
  if (!(await isRegular(path))) return;
  const folder = dirname(path);
  const ledger = join(folder, ledgerName);
  try {
    // Appended, so that commands that write into a folder at the same time do not lose each other's
    // lines.
    await appendFile(ledger, `\n${lineOf(basename(path), await hash())}`);
    if ((await stat(ledger)).size > longLedger) await shorten(folder);
  } catch {
    // The reason is in the file itself, which is written next, or exists.
  }
}

async function shorten(folder: string): Promise<void> {
  const last = [...(await readLedger(folder))].map(([name, hashes]) => lineOf(name, [...hashes].at(-1)!));
  await writeFileWhole(join(folder, ledgerName), last.join(''));
}

function lineOf(file: string, sha256: string): string {
  return `${JSON.stringify({ file, sha256 })}\n`;
}

/** The hashes that each file had when qualm wrote it, the latest last. */
async function readLedger(folder: string): Promise<Map<string, Set<string>>> {
  const text = await readFile(join(folder, ledgerName), 'utf8').catch(() => '');
  const files = new Map<string, Set<string>>();
  for (const line of text.split('\n')) {
    const { file, sha256 } = parsed(line);
    if (typeof file !== 'string' || typeof sha256 !== 'string') continue;
    const hashes = files.get(file) ?? new Set();
    hashes.delete(sha256);
    files.set(file, hashes.add(sha256));
  }
  return files;
}

function parsed(line: string): { readonly file?: unknown; readonly sha256?: unknown } {
  try {
    return (JSON.parse(line) as object | null) ?? {};
  } catch {
    return {};
  }
}

function hashOf(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

async function hashOfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
