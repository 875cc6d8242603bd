import { QualmError } from '@qualm/types';
import type { ImageIdType } from './prediction-schema.ts';

/** A function that yields how an id is stored. The first id decides: whole numbers are stored as
 * int64, all else as text. It throws QualmError `dataset-invalid` for an id that then does not fit.
 */
export function createImageIdCheck(known: ImageIdType | null): (id: string | number) => ImageIdType {
  return (id) => {
    const type: ImageIdType = typeof id === 'number' && Number.isSafeInteger(id) ? 'int64' : 'string';
    if (known === null || known === type) return type;
    if (known === 'string') return known;
    throw new QualmError(
      'dataset-invalid',
      `predictions: image_id ${JSON.stringify(id)} is not a whole number, the ones before it were; ` +
        'make all ids text or all ids whole numbers',
    );
  };
}
