import type { DataType } from '@uwdata/flechette';
import type { ImageRecord, RowError } from '@qualm/types';
import type { Leaf } from '../parquet/leaf.ts';
import { required, struct, text } from '../parquet/schema-elements.ts';
import type { ImageIdType } from '../predictions/prediction-schema.ts';
import { npyOfIntegers, npyOfTexts } from './npy.ts';

/** What a row says of its image. */
export interface ImageRow {
  readonly image_id: ImageRecord['image_id'];
  readonly uri: string | null;
  readonly error: RowError | null;
}

type Fields = ReturnType<typeof struct>;

/** Schema of the columns `image_id` and `image`, and of `error`, in Parquet. */
export function imageFields(imageIdType: ImageIdType): {
  readonly before: readonly Fields[];
  readonly error: Fields;
} {
  const id = imageIdType === 'int64' ? required('image_id', 'INT64') : text('image_id', 'REQUIRED');
  return {
    before: [[id], [text('image', 'OPTIONAL')]],
    error: struct('error', 'OPTIONAL', [[text('code', 'REQUIRED')], [text('message', 'REQUIRED')]]),
  };
}

/** Values of these columns, one for each row. */
export function imageLeaves(
  rows: readonly ImageRow[],
  imageIdType: ImageIdType,
): { readonly before: readonly Leaf[]; readonly error: readonly Leaf[] } {
  const ids = rows.map(({ image_id }) => image_id);
  const uris = rows.map(({ uri }) => uri);
  return {
    before: [
      { path: ['image_id'], values: imageIdType === 'int64' ? BigInt64Array.from(ids, BigInt) : ids.map(String) },
      optionalLeaf(['image'], uris),
    ],
    error: (['code', 'message'] as const).map((field) => {
      const texts = rows.map(({ error }) => error?.[field] ?? null);
      return optionalLeaf(['error', field], texts);
    }),
  };
}

/** A column of values that may be null. */
export function optionalLeaf(path: readonly string[], values: readonly (string | number | null)[]): Leaf {
  return { path, values: [...values], definitionLevels: Uint8Array.from(values, (value) => (value === null ? 0 : 1)) };
}

/** The levels of a column of lists that are all as long, or null.
 * @param isThere of each row, whether it has a list
 */
export function listLevels(
  isThere: ArrayLike<boolean>,
  length: number,
): Required<Pick<Leaf, 'definitionLevels' | 'repetitionLevels'>> {
  let slots = 0;
  for (let row = 0; row < isThere.length; row++) slots += isThere[row] ? length : 1;
  const definitionLevels = new Uint8Array(slots).fill(2);
  const repetitionLevels = new Uint8Array(slots).fill(1);
  let slot = 0;
  for (let row = 0; row < isThere.length; row++) {
    repetitionLevels[slot] = 0;
    if (!isThere[row]) definitionLevels[slot] = 0;
    slot += isThere[row] ? length : 1;
  }
  return { definitionLevels, repetitionLevels };
}

/** A column of a table in Arrow. */
export type ArrowColumn = readonly [values: readonly unknown[], type: DataType];

/** The same columns in Arrow. */
export async function imageColumns(
  rows: readonly ImageRow[],
  imageIdType: ImageIdType,
): Promise<{ readonly image_id: ArrowColumn; readonly image: ArrowColumn; readonly error: ArrowColumn }> {
  const { field, int64, struct: structOf, utf8 } = await import('@uwdata/flechette');
  const id = imageIdType === 'int64' ? { type: int64(), of: BigInt } : { type: utf8(), of: String };
  return {
    image_id: [rows.map(({ image_id }) => id.of(image_id)), id.type],
    image: [rows.map(({ uri }) => uri), utf8()],
    error: [rows.map(({ error }) => error), structOf(['code', 'message'].map((name) => field(name, utf8(), false)))],
  };
}

/** What is known of the images, as arrays of NumPy. */
export function imageArrays(images: readonly ImageRow[]): Readonly<Record<string, Uint8Array>> {
  const ids = images.map(({ image_id }) => image_id);
  const isNumber = (id: string | number): id is number => Number.isSafeInteger(id);
  return {
    image_ids: ids.every(isNumber) ? npyOfIntegers(ids) : npyOfTexts(ids.map(String)),
    images: npyOfTexts(images.map(({ uri }) => uri ?? '')),
    errors: npyOfTexts(images.map(({ error }) => (error ? `${error.code}: ${error.message}` : ''))),
  };
}
