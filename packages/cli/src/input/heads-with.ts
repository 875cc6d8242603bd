import { findHead } from '@qualm/types';
import type { HeadDefinition, Heads } from '@qualm/types';
import { heads } from '@qualm/vision/heads';
import { UsageError } from '../terminal/exit-code.ts';
import { importNamed } from '../options/import-export.ts';

/** Our heads, and the one that `--head ./mine.ts#mine` names.
 * @throws UsageError where it cannot be imported, or is no head.
 */
export async function headsWith(head: string | undefined, cwd: string): Promise<Heads> {
  if (head === undefined) return heads;
  const value = (await importNamed('--head', head, cwd)) as HeadDefinition | undefined;
  const all: Heads = { ...heads, [head]: value as HeadDefinition };
  try {
    findHead('--head', all, value?.type);
    return all;
  } catch (cause) {
    if (cause instanceof RangeError) throw new UsageError(cause.message, { cause });
    throw cause;
  }
}
