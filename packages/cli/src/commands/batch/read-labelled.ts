import { findNamed, readNamedImages } from '../../input/named-images.ts';

/** Which images are labelled already. */
export interface Labelled {
  /** Rows of the file. */
  readonly count: number;
  has(id: string | number, image: string | null): boolean;
}

/** Reads images that are labelled already.
 * @throws UsageError as `readNamedImages`.
 */
export async function readLabelled(path: string): Promise<Labelled> {
  const rows = await readNamedImages('--labelled', path);
  const rowsOf = findNamed(rows);
  return { count: rows.length, has: (id, image) => rowsOf({ image_id: id, image }).length > 0 };
}
