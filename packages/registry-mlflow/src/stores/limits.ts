import { QualmError } from '@qualm/types';
import { quote } from '../uri/names.ts';
import type { Tags } from './entities.ts';

/** The tag by which a create is found again whose answer was lost. */
export const nonceTag = 'qualm.nonce';

/** The stage that MLflow gives to versions that were deleted. */
export const deletedStage = 'Deleted_Internal';

/** Characters that MLflow keeps; what is longer it cuts off, and says that all is well. */
const limits = { tag: 8000, param: 6000, 'version tag': 8000, source: 500, key: 250 } as const;

/** Tags or params as MLflow's list of pairs.
 * @throws QualmError `unsupported` for a key or value that MLflow would cut or refuse.
 */
export function pairs(values: Tags, what: 'tag' | 'param' | 'version tag'): { key: string; value: string }[] {
  return Object.entries(values).map(([key, value]) => {
    if (!/^[\w\-./ :]{1,250}$/.test(key) || /(^|\/)\.{0,2}(\/|$)/.test(key))
      throw new QualmError(
        'unsupported',
        `registry: the ${what} name ${quote(key)} cannot be kept; expected at most ${limits.key} letters, digits and "_ - . / :"`,
      );
    if (value.length > limits[what])
      throw new QualmError(
        'unsupported',
        `registry: the ${what} "${key}" has ${value.length} characters, MLflow keeps ${limits[what]}; put it into a file of the model`,
      );
    return { key, value };
  });
}

/** The same source of a version.   @throws QualmError `unsupported` for one that MLflow would cut.
 */
export function versionSource(source: string): string {
  if (source.length <= limits.source) return source;
  throw new QualmError(
    'unsupported',
    `registry: the model's location has ${source.length} characters, MLflow keeps ${limits.source}; use a shorter artifact root`,
  );
}
