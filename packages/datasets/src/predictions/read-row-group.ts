import type { BoxShapes, ClassScoresColumnArrays, RowError, RowOffsets } from '@qualm/types';
import type { RowGroup } from 'hyparquet';
import type { ParquetFile } from '../parquet/parquet-file.ts';
import type { LeafPage } from '../parquet/read-leaf.ts';
import { openGroup } from './group-columns.ts';
import type { GroupColumns } from './group-columns.ts';
import { lazyFields } from './lazy-fields.ts';
import { listCounts } from './list-structure.ts';
import { readShapes } from './read-shapes.ts';
import { readVectors } from './read-vectors.ts';
import type { Vectors } from './read-vectors.ts';
import type { PredictionSetInfo } from './shard-metadata.ts';

/** The edges of a box: xmin, ymin, xmax, ymax, in pixels. */
export type BoxEdges = readonly [xmin: number, ymin: number, xmax: number, ymax: number];

/** Predictions of one row group as flat arrays. */
export interface PredictionRows extends Omit<ClassScoresColumnArrays, keyof RowOffsets> {
  readonly length: number;
  /** What stands beside the boxes. */
  readonly shapes?: BoxShapes | undefined;
  readonly imageIds: readonly (string | number)[];
  readonly uris: readonly (string | null)[];
  readonly widths: readonly (number | null)[];
  readonly heights: readonly (number | null)[];
  readonly errors: readonly (RowError | null)[];
  /** Boxes per row, -1 for null. */
  readonly counts: readonly number[];
  /** xmin, ymin, xmax, ymax of one box, without those of the others. */
  readonly boxAt: (row: number) => BoxEdges;
  /** One of the label ids, without the others. */
  readonly labelIdAt: (place: number) => number;
}

/** Where the fields of boxes are. */
export const boxFieldsPath: readonly string[] = ['detections', 'list', 'element'];
const edges = ['xmin', 'ymin', 'xmax', 'ymax'].map((edge) => [...boxFieldsPath, 'box', edge]);

/** The rows of a group, each field decoded when it is first read, where the file is in memory.
 * @throws QualmError `dataset-invalid`, here or when a field is read, for a file without the
 * columns of predictions.
 */
export async function readRowGroup(
  file: ParquetFile,
  group: RowGroup,
  set: Pick<PredictionSetInfo, 'form' | 'labels' | 'shapes'>,
): Promise<PredictionRows> {
  const rows = lazyRows(await openGroup(file, group), set);
  // What was read from the disk for this alone is not kept beside what is made of it.
  return file.bytes ? rows : { ...rows };
}

function lazyRows(columns: GroupColumns, set: Pick<PredictionSetInfo, 'form' | 'labels' | 'shapes'>): PredictionRows {
  const { rows, schema } = columns;
  const parts: { readonly xmin: LeafPage[]; readonly vectors: Vectors } = lazyFields({
    xmin: () => columns.pages(edges[0]!),
    vectors: () => readVectors(columns, set, lengthOf(parts.xmin)),
  });
  const fields: PredictionRows = lazyFields<PredictionRows>({
    length: () => rows,
    imageIds: () => flat(columns.pages(['image_id'])).map(asId),
    uris: () => flat(columns.pages(['image'])) as (string | null)[],
    widths: () => flat(columns.pages(['width'])) as (number | null)[],
    heights: () => flat(columns.pages(['height'])) as (number | null)[],
    errors: () => errorsOf(columns),
    counts: () => listCounts(schema, 'detections', edges[0]!, parts.xmin),
    boxes: () => interleave([parts.xmin, ...edges.slice(1).map((edge) => columns.pages(edge))]),
    boxAt: () => boxReader(columns),
    scores: () => parts.vectors.scores(),
    labelIds: () => parts.vectors.labelIds(),
    labelIdAt: () => (place) => parts.vectors.labelIdAt(place),
    numClasses: () => parts.vectors.numClasses,
    shapes: () => readShapes(columns, set.shapes ?? [], lengthOf(parts.xmin), fields),
  });
  return fields;
}

/** The errors of a row group's images, null for those that went well. */
export async function readErrors(file: ParquetFile, group: RowGroup): Promise<(RowError | null)[]> {
  return errorsOf(await openGroup(file, group, 'error'));
}

/** The ids of a row group's images. */
export async function readImageIds(file: ParquetFile, group: RowGroup): Promise<(string | number)[]> {
  return flat((await openGroup(file, group, 'image_id')).pages(['image_id'])).map(asId);
}

/** How many images of a file have an error. */
export async function countErrors(file: ParquetFile): Promise<number> {
  let count = 0;
  for (const group of file.metadata.row_groups) {
    count += (await readErrors(file, group)).filter((error) => error !== null).length;
  }
  return count;
}

function errorsOf({ pages }: GroupColumns): (RowError | null)[] {
  const codes = flat(pages(['error', 'code'])) as (string | null)[];
  if (codes.every((code) => code === null)) return codes as null[];
  const messages = flat(pages(['error', 'message']));
  return codes.map((code, row) => (code === null ? null : ({ code, message: messages[row] } as RowError)));
}

function lengthOf(pages: readonly LeafPage[]): number {
  return pages.reduce((sum, { values }) => sum + values.length, 0);
}

function interleave(columns: readonly LeafPage[][]): Float32Array {
  const boxes = new Float32Array(4 * lengthOf(columns[0]!));
  for (const [edge, pages] of columns.entries()) {
    let at = edge;
    for (const { values } of pages) {
      for (let row = 0; row < values.length; row++, at += 4) boxes[at] = values[row] as number;
    }
  }
  return boxes;
}

function boxReader(columns: GroupColumns): PredictionRows['boxAt'] {
  const [xmin, ymin, xmax, ymax] = edges.map((edge) => valueReader(columns, edge));
  return (row) => [xmin!(row), ymin!(row), xmax!(row), ymax!(row)];
}

/** Reads single numbers of a column that every box has. */
function valueReader(columns: GroupColumns, path: readonly string[]): (row: number) => number {
  const plain = columns.plain(path);
  if (plain) return plain.at;
  const values = flat(
    columns.pages(path).map(({ values }) => ({ values, definitionLevels: [], repetitionLevels: [] })),
  );
  return (row) => values[row] as number;
}

/** A column outside lists, with a null for each missing value. */
export function flat(pages: readonly LeafPage[]): unknown[] {
  return pages.flatMap(({ values, definitionLevels }) => {
    if (definitionLevels.length === 0) return Array.from(values as ArrayLike<unknown>);
    if (values.length === 0) return new Array<null>(definitionLevels.length).fill(null);
    const present = Math.max(...new Set(Array.from(definitionLevels)));
    let next = 0;
    return Array.from(definitionLevels, (level) => (level === present ? (values[next++] as unknown) : null));
  });
}

/** Ids that a number cannot hold are the text of their digits. */
function asId(value: unknown): string | number {
  if (typeof value !== 'bigint') return value as string;
  return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
}
