import { temporarySuffix } from '../files/write-file-durably.ts';

/** The file name of a shard: `part-00000.parquet`, so that names sort as numbers do up to 100,000
 * shards.
 */
export function shardName(index: number): string {
  return `part-${String(index).padStart(5, '0')}.parquet`;
}

/** The number in a shard's file name, or null for any other file. */
export function shardIndex(name: string): number | null {
  const match = /^part-(\d{5,})\.parquet$/.exec(name);
  return match ? Number(match[1]) : null;
}

/** True for the names that a set of predictions consists of, finished or not. */
export function isNameOfSet(name: string): boolean {
  return name.startsWith('_qualm.') || shardIndex(finishedName(name)) !== null;
}

function finishedName(name: string): string {
  return name.endsWith(temporarySuffix) ? name.slice(0, -temporarySuffix.length) : name;
}
