import { counted, QualmError } from '@qualm/types';
import { fieldDifference, fieldsOfRun } from '../predictions/field-difference.ts';
import { shareDifferences } from '../predictions/run-identity.ts';
import { someOf } from './share-folder.ts';
import type { ShareFolder } from './share-folder.ts';

/** @throws QualmError `dataset-invalid` unless all shares are of one run: the same model, options
 * and number of shares. It says which folders differ from the first, and in what.
 */
export function assertOneRun(shares: readonly ShareFolder[]): void {
  const [first, ...others] = shares;
  const texts = others.flatMap((other) => {
    const difference = differenceOf(first!, other);
    return difference === null ? [] : [`"${other.path}": ${difference}`];
  });
  if (texts.length === 0) return;
  const count = counted(texts.length, 'folder is', 'folders are');
  throw new QualmError(
    'dataset-invalid',
    `merge: ${count} of another run than "${first!.path}": ${someOf(texts)}; ` +
      'give the shares of one model, with the same options and the same number of shares',
  );
}

function differenceOf(one: ShareFolder, other: ShareFolder): string | null {
  if (one.share.count !== other.share.count)
    return `shares of the run were ${one.share.count}, are ${other.share.count}`;
  const parts = shareDifferences(one.identity, other.identity);
  if (parts.length > 0) return parts.join('; ');
  return fieldDifference(one.manifest, other.manifest, [...fieldsOfRun, 'minScore']);
}
