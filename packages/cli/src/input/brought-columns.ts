import { readPredictionColumns } from '@qualm/datasets';
import type { ColumnValue, ReadColumns } from '@qualm/datasets';
import type { ChosenImages, ListedImage } from '@qualm/selection';
import { UsageError } from '../terminal/exit-code.ts';
import type { ReadList } from './chosen-images.ts';
import { numberOf, textOf } from './listed-reason.ts';

/** Predictions that a page shows. */
export interface ShownPredictions {
  readonly predictions: string;
  /** What a cell is. */
  readonly by: 'box' | 'image' | 'error';
}

/** What a choice of images says in columns. */
export type BroughtColumns = Pick<ChosenImages, 'columns' | 'numbersOf' | 'wordColumns' | 'wordsOf'>;

/** @param index of a box; null of the image */
type ValueOf = (image: ListedImage, index: number | null) => ColumnValue;

interface Brought {
  readonly name: string;
  readonly isNumber: boolean;
  readonly valueOf: ValueOf;
}

/** What columns say that somebody named: those of the list, else those of the predictions. One with
 * a number in a list is of numbers, one of the predictions where it has no words.
 * @throws UsageError for a column that neither has, or that has nothing in it; as
 * `readPredictionColumns`.
 */
export async function broughtColumns(
  names: readonly string[],
  list: ReadList | null,
  shown: ShownPredictions,
): Promise<BroughtColumns> {
  const fields = new Set(list?.rows.flatMap(({ fields: own = {} }) => Object.keys(own)));
  const others = names.filter((name) => !fields.has(name));
  const stored = others.length === 0 ? null : await readPredictionColumns(shown.predictions, others);
  const all = names.map((name) =>
    list && fields.has(name) ? ofList(name, list) : ofPredictions(name, stored!, shown, () => namesOf(list, fields)),
  );
  const [numbers, words] = [all.filter(({ isNumber }) => isNumber), all.filter(({ isNumber }) => !isNumber)];
  return {
    ...(numbers.length > 0 && {
      columns: numbers.map(({ name }) => name),
      numbersOf: (image, index) => numbers.map(({ valueOf }) => numberIn(valueOf(image, index))),
    }),
    ...(words.length > 0 && {
      wordColumns: words.map(({ name }) => name),
      wordsOf: (image, index) => words.map(({ valueOf }) => wordIn(valueOf(image, index))),
    }),
  };
}

/** Of a box its own row; of several rows the first that has something: lists have first what comes
 * first.
 */
function ofList(name: string, { path, rows, rowsOf }: ReadList): Brought {
  const isNumber = rows.some(({ fields = {} }) => numberOf(fields, name) !== null);
  const read = isNumber ? numberOf : textOf;
  if (rows.every(({ fields = {} }) => read(fields, name) === null))
    throw new UsageError(`--column ${name}: no row of ${path} has anything there`);
  return {
    ...{ name, isNumber },
    valueOf(image, index) {
      const own = rowsOf(image).filter(({ box }) => index === null || box === undefined || box === index);
      return own.map(({ fields = {} }) => read(fields, name)).find((value) => value !== null) ?? null;
    },
  };
}

function ofPredictions(
  name: string,
  { imageIds, columns, names }: ReadColumns,
  { predictions, by }: ShownPredictions,
  ofOthers: () => string,
): Brought {
  const column = columns.find((one) => one.name === name);
  const where = `--column ${name}`;
  if (!column)
    throw new UsageError(`${where}: there is no such column; ${ofOthers()}${predictions} has ${listOf(names)}`);
  if (column.of === 'box' && by === 'image')
    throw new UsageError(`${where}: is of boxes in ${predictions}; leave out --by image`);
  const known = column.values.flat().filter((value) => value !== null);
  if (known.length === 0) throw new UsageError(`${where}: no ${column.of} of ${predictions} has anything there`);
  const rows = new Map(imageIds.map((id, row) => [String(id), row]));
  return {
    ...{ name, isNumber: known.every((value) => typeof value === 'number') },
    valueOf({ image_id: id }, index) {
      const row = rows.get(String(id));
      if (row === undefined) return null;
      if (column.of === 'image') return column.values[row] ?? null;
      return index === null ? null : (column.values[row]![index] ?? null);
    },
  };
}

function numberIn(value: ColumnValue): number {
  return typeof value === 'number' ? value : NaN;
}

function wordIn(value: ColumnValue): string | null {
  return value === null || value === '' ? null : String(value);
}

function namesOf(list: ReadList | null, fields: ReadonlySet<string>): string {
  return list ? `${list.path} has ${fields.size === 0 ? 'none: it is ids alone' : listOf([...fields])}; ` : '';
}

/** As many names are listed. */
const most = 12;

function listOf(names: readonly string[]): string {
  const more = names.length - most;
  return names.slice(0, most).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
