import { resolve } from 'node:path';
import type { ChosenImages, ListedImage } from '@qualm/selection';
import { counted } from '@qualm/types';
import type { Terminal } from '../terminal/terminal.ts';
import { broughtColumns } from './brought-columns.ts';
import type { ShownPredictions } from './brought-columns.ts';
import { findNamed, readNamedImages } from './named-images.ts';
import type { NamedImage } from './named-images.ts';

/** Files that say which images, or boxes, a command looks at. */
export interface ChosenLists {
  /** A list of those alone. */
  readonly only?: string | undefined;
  /** A list of those that are left out. */
  readonly exclude?: string | undefined;
  /** Columns of `only`, and of the predictions, that come along. */
  readonly column?: readonly string[] | undefined;
}

/** The images of the files that were named with `--only` and `--exclude`, or of lists of boxes
 * these boxes.
 */
export interface ListedChoice extends ChosenImages {
  /** What of the files was not found, once all images were asked for. */
  warnings(): readonly string[];
}

/** Undefined where no list is named.
 * @throws UsageError as `readNamedImages` and `broughtColumns`.
 */
export async function readChosen(
  { only: onlyPath, exclude: excludePath, column = [] }: ChosenLists,
  { cwd }: Pick<Terminal, 'cwd'>,
  shown?: ShownPredictions,
): Promise<ListedChoice | undefined> {
  const only = onlyPath === undefined ? null : await readList('--only', onlyPath, cwd);
  const exclude = excludePath === undefined ? null : await readList('--exclude', excludePath, cwd);
  const brought = shown && column.length > 0 ? await broughtColumns([...new Set(column)], only, shown) : null;
  if (!only && !exclude && !brought) return undefined;
  const isIn = (box: NamedImage['box'], index: number): boolean => box === undefined || box === index;
  return {
    hasImage(image) {
      const isWanted = !only || only.find(image).length > 0;
      // An image stays of which a list names boxes.
      const isLeftOut = exclude?.find(image).some(({ box }) => box === undefined) ?? false;
      return isWanted && !isLeftOut;
    },
    hasBox: (image, index) =>
      (!only || only.rowsOf(image).some(({ box }) => isIn(box, index))) &&
      !exclude?.rowsOf(image).some(({ box }) => isIn(box, index)),
    reasonOf: (image, index) => (only ? reasonsOf(only.rowsOf, image, index) : null),
    ...brought,
    warnings: () => [...(only?.warnings() ?? []), ...(exclude?.warnings() ?? [])],
  };
}

/** A list that was read. */
export interface ReadList {
  /** As messages name it. */
  readonly path: string;
  readonly rows: readonly NamedImage[];
  readonly rowsOf: ReturnType<typeof findNamed>;
  /** The same, which counts the images that are found: to be asked once of each. */
  readonly find: ReturnType<typeof findNamed>;
  warnings(): readonly string[];
}

async function readList(option: string, path: string, cwd: string): Promise<ReadList> {
  const rows = await readNamedImages(option, resolve(cwd, path));
  const rowsOf = findNamed(rows);
  const nameOf = ({ id, number, file }: NamedImage): string | undefined => id ?? number ?? file;
  const names = new Set(rows.map(nameOf));
  const left = new Set(names);
  let found = 0;
  return {
    ...{ path, rows, rowsOf },
    find(image) {
      const ofImage = rowsOf(image);
      if (ofImage.length > 0) found++;
      for (const row of ofImage) left.delete(nameOf(row));
      return ofImage;
    },
    warnings() {
      if (found >= names.size) return [];
      const [first] = left;
      const all = `of ${counted(names.size, 'image')} of ${path}`;
      const absent = `${counted(names.size - found, `${all} is`, `${all} are`)} not among the predictions`;
      return [first === undefined ? absent : `${absent}, such as ${JSON.stringify(first)}`];
    },
  };
}

/** Of a box its own; of an image all that are said of it and its boxes. */
function reasonsOf(rowsOf: ReadList['rowsOf'], image: ListedImage, index: number | null): string | null {
  const said = rowsOf(image)
    .filter(({ box }) => index === null || box === undefined || box === index)
    .flatMap(({ reason }) => reason ?? []);
  return said.length === 0 ? null : [...new Set(said)].join('; ');
}
