import type { RowError } from '@qualm/types';
import { QualmError } from '@qualm/types';
import type { ColumnChunk, RowGroup } from 'hyparquet';
import type { ParquetFile } from '../parquet/parquet-file.ts';
import { readPlainValues } from '../parquet/read-plain-values.ts';
import { readLeaf } from '../parquet/read-leaf.ts';
import type { LeafPage } from '../parquet/read-leaf.ts';
import { listCounts, vectorLength } from './list-structure.ts';
import type { PredictionSetInfo } from './shard-metadata.ts';

/** Predictions of one row group as flat arrays. */
export interface PredictionRows {
  readonly imageIds: readonly (string | number)[];
  readonly uris: readonly (string | null)[];
  readonly widths: readonly (number | null)[];
  readonly heights: readonly (number | null)[];
  readonly errors: readonly (RowError | null)[];
  /** Boxes per row, -1 for null. */
  readonly counts: readonly number[];
  readonly boxes: Float32Array;
  readonly scores: Float32Array;
  readonly labelIds: Int32Array;
  readonly numClasses: number;
}

const element = ['detections', 'list', 'element'];

/** @throws QualmError `dataset-invalid` for a file without the columns of predictions. */
export async function readRowGroup(
  file: ParquetFile,
  group: RowGroup,
  set: Pick<PredictionSetInfo, 'form' | 'labels'>,
): Promise<PredictionRows> {
  const pages = async (...path: string[]): Promise<LeafPage[]> => readPath(file, group, path);
  const edges = await Promise.all(['xmin', 'ymin', 'xmax', 'ymax'].map((edge) => pages(...element, 'box', edge)));
  const boxes = interleave(edges.map((edge) => gather(Float32Array, edge)));
  return {
    imageIds: flat(await pages('image_id')).map(asId),
    uris: flat(await pages('image')) as (string | null)[],
    widths: flat(await pages('width')) as (number | null)[],
    heights: flat(await pages('height')) as (number | null)[],
    errors: await readErrors(file, group),
    counts: listCounts(file.schema, 'detections', [...element, 'box', 'xmin'], edges[0]!),
    boxes,
    ...((await readMatrix(file, group, set, boxes.length / 4)) ??
      (await readVectors(file, group, set, boxes.length / 4))),
  };
}

type Vectors = Pick<PredictionRows, 'scores' | 'labelIds' | 'numClasses'>;

/** The scores of all labels of each box, where every box has them: as many as boxes and labels make, and no box has more. Null where that is
 * not known. */
async function readMatrix(
  file: ParquetFile,
  group: RowGroup,
  { form, labels }: Pick<PredictionSetInfo, 'form' | 'labels'>,
  numBoxes: number,
): Promise<Vectors | null> {
  if (form === 'detections' || file.metadata.created_by !== 'qualm' || numBoxes === 0) return null;
  const [scores, labelIds] = await Promise.all(
    ['scores', 'label_ids'].map((name) => readPlainValues(file, columnOf(file, group, [...element, name, ...listed]))),
  );
  if (!(scores instanceof Float32Array && labelIds instanceof Int32Array)) return null;
  const isWhole = scores.length === numBoxes * labels.length && labelIds.length === scores.length;
  return isWhole ? { scores, labelIds, numClasses: labels.length } : null;
}

const listed = ['list', 'element'];

/** The scores of each box by the levels of the file's lists. */
async function readVectors(
  file: ParquetFile,
  group: RowGroup,
  { form }: Pick<PredictionSetInfo, 'form'>,
  numBoxes: number,
): Promise<Vectors> {
  const [scoreName, labelName] =
    form === 'detections'
      ? [['score'], ['label_id']]
      : [
          ['scores', ...listed],
          ['label_ids', ...listed],
        ];
  const scorePages = await readPath(file, group, [...element, ...scoreName!]);
  const numClasses =
    form === 'detections' ? 1 : vectorLength(file.schema, [...element, ...scoreName!], scorePages, numBoxes);
  if (numClasses === null) throw invalid(file, 'boxes have vectors of scores of several lengths');
  const labelPages = await readPath(file, group, [...element, ...labelName!]);
  return { scores: gather(Float32Array, scorePages), labelIds: gather(Int32Array, labelPages), numClasses };
}

/** The errors of a row group's images, null for those that went well. */
export async function readErrors(file: ParquetFile, group: RowGroup): Promise<(RowError | null)[]> {
  const [codes, messages] = await Promise.all(
    ['code', 'message'].map(async (field) => flat(await readPath(file, group, ['error', field]))),
  );
  return zipErrors(codes!, messages!);
}

/** How many images of a file have an error. */
export async function countErrors(file: ParquetFile): Promise<number> {
  let count = 0;
  for (const group of file.metadata.row_groups) {
    count += (await readErrors(file, group)).filter((error) => error !== null).length;
  }
  return count;
}

function readPath(file: ParquetFile, group: RowGroup, path: string[]): Promise<LeafPage[]> {
  return readLeaf(file, columnOf(file, group, path));
}

function columnOf(file: ParquetFile, { columns }: RowGroup, path: readonly string[]): ColumnChunk {
  const wanted = path.join('.');
  const chunk = columns.find(({ meta_data }) => meta_data?.path_in_schema.join('.') === wanted);
  if (!chunk) throw invalid(file, `it has no column ${wanted}`);
  return chunk;
}

function gather<T extends Float32Array | Int32Array>(Storage: new (length: number) => T, pages: LeafPage[]): T {
  const all = new Storage(pages.reduce((sum, { values }) => sum + values.length, 0));
  let offset = 0;
  for (const { values } of pages) {
    all.set(values as ArrayLike<number>, offset);
    offset += values.length;
  }
  return all;
}

function interleave(edges: readonly Float32Array[]): Float32Array {
  const boxes = new Float32Array(4 * edges[0]!.length);
  edges.forEach((edge, offset) => edge.forEach((value, box) => (boxes[4 * box + offset] = value)));
  return boxes;
}

/** A column outside lists, with a null for each missing value. */
function flat(pages: readonly LeafPage[]): unknown[] {
  return pages.flatMap(({ values, definitionLevels }) => {
    if (definitionLevels.length === 0) return Array.from(values as ArrayLike<unknown>);
    const present = Math.max(...new Set(Array.from(definitionLevels)));
    let next = 0;
    if (values.length === 0) return Array.from(definitionLevels, () => null);
    return Array.from(definitionLevels, (level) => (level === present ? (values[next++] as unknown) : null));
  });
}

/** Ids that a number cannot hold are the text of their digits. */
function asId(value: unknown): string | number {
  if (typeof value !== 'bigint') return value as string;
  return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
}

function zipErrors(codes: unknown[], messages: unknown[]): (RowError | null)[] {
  return codes.map((code, row) => (code === null ? null : ({ code, message: messages[row] } as RowError)));
}

function invalid({ path }: ParquetFile, why: string): QualmError {
  return new QualmError(
    'dataset-invalid',
    `readPredictions: "${path}": ${why}; give a folder that createParquetSink wrote`,
  );
}
