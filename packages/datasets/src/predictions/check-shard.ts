import { stat } from 'node:fs/promises';
import { counted, QualmError } from '@qualm/types';
import { digestFile, hasDigest, isSameContent } from '../files/file-digest.ts';
import { ioError } from '../files/io-error.ts';
import { fileMetadata, openParquetFile } from '../parquet/parquet-file.ts';
import type { ParquetFile } from '../parquet/parquet-file.ts';
import type { ShardEntry } from './manifest.ts';
import type { ShardBytes } from './read-shard-bytes.ts';

/** What stands in a shard's place: what was written; the same rows, written again by another tool;
 * or something else, and why.
 */
export type ShardState =
  | { readonly kind: 'whole'; readonly entry: ShardEntry }
  | { readonly kind: 'rewritten'; readonly entry: ShardEntry }
  | { readonly kind: 'missing' }
  | { readonly kind: 'wrong'; readonly why: string };

/** What a shard may be. */
export interface WantedShard {
  /** What its place may hold: one content, or two while it is being written. */
  readonly entries: readonly ShardEntry[];
  readonly fingerprint: string;
}

/** Holds a file against what the manifest says of it.
 *
 * Other bytes of the same length are damage. Another length is another file: one whose footer names
 * another maker was rewritten (compacted, compressed, sorted by column), and is taken by its
 * columns where its rows are as many and its metadata, where it still has some, is that of this
 * set.
 * @param content of the file, where it was read before: then the quick checksum is enough.
 * @throws QualmError `io` when the file cannot be read.
 */
export async function checkShard(
  path: string,
  { entries, fingerprint }: WantedShard,
  content: ShardBytes | null = null,
): Promise<ShardState> {
  if (!content && (await isMissing(path))) return { kind: 'missing' };
  const { bytes, entry } = await findEntry(path, entries, content);
  if (entry) return { kind: 'whole', entry };
  const file = await openParquetFile(path).catch((error: QualmError) => error);
  if (QualmError.is(file)) return wrong('it is cut off or damaged: its footer cannot be read');
  const stored = fileMetadata(file, 'qualm.fingerprint');
  if (stored !== undefined && stored !== fingerprint)
    return wrong('it belongs to another run, of another model or images');
  const isSameLength = entries.some((candidate) => candidate.bytes === bytes);
  if (isSameLength || isOurs(file)) return wrong('its content has changed since it was written: the checksum differs');
  const rows = Number(file.metadata.num_rows);
  const same = entries.find((candidate) => candidate.rows === rows);
  return same
    ? { kind: 'rewritten', entry: same }
    : wrong(`another tool wrote it, with ${counted(rows, 'row')} instead of ${entries[0]!.rows}`);
}

async function isMissing(path: string): Promise<boolean> {
  try {
    await stat(path);
    return false;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return true;
    throw await ioError('read', path, error);
  }
}

/** How long a file is, and what the manifest says of one with its content. */
async function findEntry(
  path: string,
  entries: readonly ShardEntry[],
  content: ShardBytes | null,
): Promise<{ readonly bytes: number; readonly entry: ShardEntry | undefined }> {
  if (content) {
    const { bytes, crc32 } = content;
    return { bytes: bytes.length, entry: entries.find((candidate) => hasDigest(bytes, candidate, crc32)) };
  }
  const digest = await digestFile(path).catch(async (error: unknown) => {
    throw await ioError('read', path, error);
  });
  return { bytes: digest.bytes, entry: entries.find((candidate) => isSameContent(candidate, digest)) };
}

/** True for a file that qualm itself encoded. */
function isOurs({ metadata }: ParquetFile): boolean {
  return metadata.created_by === 'qualm';
}

function wrong(why: string): ShardState {
  return { kind: 'wrong', why };
}
