import { assertOptions, assertText, QualmError, wrongArgument } from '@qualm/types';
import type { SchemaTree } from 'hyparquet';
import { notParquet } from '../parquet/parquet-file.ts';
import type { ParquetFile } from '../parquet/parquet-file.ts';
import { openGroup } from './group-columns.ts';
import { listValues } from './list-structure.ts';
import { openSet, openShards } from './open-set.ts';
import type { ReadPredictionsOptions } from './read-predictions.ts';
import { boxFieldsPath, flat, readImageIds } from './read-row-group.ts';

/** A column of stored predictions that qualm did not write, such as a camera: of images, or of
 * their boxes.
 */
export type PredictionColumn = { readonly name: string } & (
  | { readonly of: 'image'; readonly values: readonly ColumnValue[] }
  /** Of each image one of each of its stored boxes. */
  | { readonly of: 'box'; readonly values: readonly (readonly ColumnValue[])[] }
);

/** Numbers stay numbers; dates, truth values and all else are text. */
export type ColumnValue = number | string | null;

/** What images, and their boxes, have in columns that were asked for by name. */
export interface ReadColumns {
  /** The ids of the images, row by row. */
  readonly imageIds: readonly (string | number)[];
  /** Those that there are, as they were asked for. */
  readonly columns: readonly PredictionColumn[];
  /** The names of all that there are. */
  readonly names: readonly string[];
}

/** Columns of stored predictions beside those that every set has: what another tool put there, by
 * joining a table of cameras to the shards, and `width` and `height`. Columns of images come from
 * the rows, columns of boxes from the fields of `detections`; a column has one value a row. Shards
 * that lack a column have null in it.
 * @throws QualmError as `readPredictions`.
 * @example (await readPredictionColumns('out', ['camera'])).columns[0]?.values // ['front', 'rear']
 */
export async function readPredictionColumns(
  path: string,
  names: readonly string[],
  options: ReadPredictionsOptions = {},
): Promise<ReadColumns> {
  assertText('readPredictionColumns', 'its path', path, "a folder of predictions, such as 'out'");
  if (!Array.isArray(names)) throw wrongArgument('readPredictionColumns', 'names', names, "names, such as ['camera']");
  assertOptions('readPredictionColumns', options, '{ onWarning: console.warn }');
  const known = new Map<string, 'image' | 'box'>();
  const imageIds: (string | number)[] = [];
  const values = new Map<string, unknown[]>(names.map((name) => [name, []]));
  for await (const file of openShards(await openSet(path), options)) {
    for (const [name, of] of columnsOf(file)) known.set(name, known.get(name) ?? of);
    try {
      for (const group of file.metadata.row_groups) {
        const ids = await readImageIds(file, group);
        for (const [name, read] of values) {
          // A shard that has no such column leaves a gap.
          read.length = imageIds.length;
          for (const value of await groupValues(file, group, name)) read.push(value);
        }
        for (const id of ids) imageIds.push(id);
      }
    } catch (cause) {
      throw QualmError.is(cause) ? cause : notParquet(file.path, cause);
    }
  }
  const columns = [...values].flatMap(([name, read]): PredictionColumn[] => {
    const of = known.get(name);
    if (!of) return [];
    const rows = Array.from({ length: imageIds.length }, (_, row) => read[row]);
    return [
      of === 'image'
        ? { name, of, values: rows.map(plainValue) }
        : { name, of, values: rows.map((row) => (Array.isArray(row) ? row.map(plainValue) : [])) },
    ];
  });
  return { imageIds, columns, names: [...known.keys()] };
}

/** Columns with one value that say nothing a page does not know. */
function columnsOf({ schema }: ParquetFile): [name: string, of: 'image' | 'box'][] {
  const ofImages = leavesOf(schema, ['image_id', 'image']).map((name): [string, 'image'] => [name, 'image']);
  const boxes = nodeAt(schema, boxFieldsPath);
  const ofBoxes = boxes ? leavesOf(boxes, ['score', 'label_id', 'label', 'mask']) : [];
  return [...ofImages, ...ofBoxes.map((name): [string, 'box'] => [name, 'box'])];
}

async function groupValues(
  file: ParquetFile,
  group: ParquetFile['metadata']['row_groups'][number],
  name: string,
): Promise<unknown[]> {
  const found = new Map(columnsOf(file).toReversed()).get(name);
  if (found === 'image') return flat((await openGroup(file, group, name)).pages([name]));
  if (found !== 'box') return [];
  const columns = await openGroup(file, group, boxFieldsPath[0]);
  const path = [...boxFieldsPath, name];
  return listValues(columns.schema, boxFieldsPath[0]!, path, columns.pages(path));
}

function leavesOf({ children }: SchemaTree, known: readonly string[]): string[] {
  return children
    .filter(({ children: below, element: own }) => below.length === 0 && own.repetition_type !== 'REPEATED')
    .map(({ element: own }) => own.name)
    .filter((name) => !known.includes(name));
}

function nodeAt(schema: SchemaTree, path: readonly string[]): SchemaTree | undefined {
  return path.reduce<SchemaTree | undefined>(
    (node, name) => node?.children.find(({ element: own }) => own.name === name),
    schema,
  );
}

function plainValue(value: unknown): ColumnValue {
  if (value == null) return null;
  if (typeof value === 'number' || typeof value === 'string') return value;
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
