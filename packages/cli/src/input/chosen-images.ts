import { resolve } from 'node:path';
import type { ChosenImages, ListedImage } from '@qualm/selection';
import type { Terminal } from '../terminal/terminal.ts';
import { UsageError } from '../terminal/exit-code.ts';
import { listedNumbers } from './listed-numbers.ts';
import { findNamed, readNamedImages } from './named-images.ts';
import type { NamedImage } from './named-images.ts';

/** Files that say which images, or boxes, a command looks at. */
export interface ChosenLists {
  /** A list of those alone. */
  readonly only?: string | undefined;
  /** A list of those that are left out. */
  readonly exclude?: string | undefined;
  /** Columns of `only` whose numbers come along. */
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
 * @throws UsageError as `readNamedImages` and `listedNumbers`, and for columns without a list.
 */
export async function readChosen(
  lists: ChosenLists,
  { cwd }: Pick<Terminal, 'cwd'>,
): Promise<ListedChoice | undefined> {
  const { column: columns = [] } = lists;
  if (columns.length > 0 && lists.only === undefined)
    throw new UsageError('--column: takes numbers from a list; name it with --only');
  const only = lists.only === undefined ? null : await readList('--only', lists.only, cwd, columns);
  const exclude = lists.exclude === undefined ? null : await readList('--exclude', lists.exclude, cwd, []);
  if (!only && !exclude) return undefined;
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
    ...(only && columns.length > 0 && { columns, numbersOf: numbersOf(only, columns) }),
    warnings: () => [...(only?.warnings() ?? []), ...(exclude?.warnings() ?? [])],
  };
}

interface ReadList {
  readonly rowsOf: ReturnType<typeof findNamed>;
  /** The same, which counts the images that are found: to be asked once of each. */
  readonly find: ReturnType<typeof findNamed>;
  /** What a row says in the columns that were asked for. */
  readonly numbers: ReadonlyMap<NamedImage, readonly number[]>;
  warnings(): readonly string[];
}

async function readList(option: string, path: string, cwd: string, columns: readonly string[]): Promise<ReadList> {
  const rows = await readNamedImages(option, resolve(cwd, path));
  const rowsOf = findNamed(rows);
  const named = new Set(rows.map(({ id, number, file }) => id ?? number ?? file)).size;
  const numbers = listedNumbers(
    rows.map(({ fields = {} }) => fields),
    columns,
    path,
  );
  let found = 0;
  return {
    rowsOf,
    numbers: new Map(rows.map((row, at) => [row, numbers[at]!])),
    find(image) {
      const ofImage = rowsOf(image);
      if (ofImage.length > 0) found++;
      return ofImage;
    },
    warnings: () =>
      found >= named ? [] : [`${named - found} of ${named} images of ${path} are not among the predictions`],
  };
}

/** Of a box its own; of an image all that are said of it and its boxes. */
function reasonsOf(rowsOf: ReadList['rowsOf'], image: ListedImage, index: number | null): string | null {
  const said = rowsOf(image)
    .filter(({ box }) => index === null || box === undefined || box === index)
    .flatMap(({ reason }) => reason ?? []);
  return said.length === 0 ? null : [...new Set(said)].join('; ');
}

/** Of a box its own row; of several rows the first that has a number: lists have first what comes
 * first.
 */
function numbersOf({ rowsOf, numbers }: ReadList, columns: readonly string[]): NonNullable<ChosenImages['numbersOf']> {
  return (image, index) => {
    const rows = rowsOf(image).filter(({ box }) => index === null || box === undefined || box === index);
    return columns.map(
      (_, at) => rows.map((row) => numbers.get(row)![at]!).find((number) => !Number.isNaN(number)) ?? NaN,
    );
  };
}
