import { assertText, QualmError } from '@qualm/types';
import type { Embedding } from '@qualm/types';
import type { ColumnChunk, SchemaTree } from 'hyparquet';
import { parquetReadObjects } from 'hyparquet';
import { joinPages } from '../parquet/join-pages.ts';
import { notParquet, openParquetFile } from '../parquet/parquet-file.ts';
import type { ParquetFile } from '../parquet/parquet-file.ts';
import { decodeLeaf, readChunk } from '../parquet/read-leaf.ts';
import type { LeafPage } from '../parquet/read-leaf.ts';
import { listCounts } from '../predictions/list-structure.ts';

/** Vectors of images and of their boxes, by their ids. */
export interface StoredEmbeddings {
  /** Numbers in each vector; 0 where there is none. */
  readonly dimensions: number;
  /** Images that have a vector of their own. */
  readonly size: number;
  /** Boxes that have a vector. */
  readonly boxes: number;
  /** Ids of the file that have none, nor has one of their boxes. */
  readonly without: readonly string[];
  /** All ids of the file, in its order. */
  ids(): Iterable<string>;
  /** The vector of an image, by its id as text, or of one of its boxes: a view; null where it has
   * none.
   * @param boxIndex which of the boxes that are stored of the image, from 0; the whole image when
   * absent or null
   */
  get(imageId: string | number, boxIndex?: number | null): Float32Array | null;
  /** Boxes of which the file says where they were when their vectors were made. */
  readonly placed: number;
  /** Where a box was then, in pixels of its image; null where the file does not say. */
  boxOf(imageId: string | number, boxIndex: number): StoredBox | null;
}

/** The edges of a box. */
export type StoredBox = NonNullable<Embedding['box']>;

/** The vectors of a Parquet file with the columns `image_id` (whole numbers or text) and
 * `embedding` (a list of float16, float32 or float64, null where there is none): what
 * `createEmbeddingsSink` and `qualm embed` write, or any other maker. Where it has a column
 * `box_index`, a row is of that box of the image, from 0, and one with null of the whole image; a
 * column `box`, a struct of `xmin`, `ymin`, `xmax`, `ymax` in pixels, says where the box was. All
 * of them are in memory, four bytes a number.
 * @throws QualmError `io` when it cannot be read; `dataset-invalid` when it is no such file, has an
 * image or a box twice, a `box_index` that is no whole number from 0, or vectors of several
 * lengths.
 * @example (await readEmbeddings('clip.parquet')).get('a.jpg') // Float32Array [512]
 */
export async function readEmbeddings(path: string): Promise<StoredEmbeddings> {
  assertText('readEmbeddings', 'its path', path, "a path, such as 'embeddings.parquet'");
  const file = await openParquetFile(path);
  for (const name of ['image_id', 'embedding']) if (!hasColumn(file, name)) throw withoutColumn(file, name);
  const images = new Map<string, Map<number, StoredRow>>();
  let dimensions = 0;
  let row = 0;
  for (const { columns, num_rows } of file.metadata.row_groups) {
    const keys = await keysOf(file, row, row + Number(num_rows));
    row += keys.length;
    const { counts, values } = await vectorsOf(file, columns);
    if (counts.length !== keys.length) throw invalid(path, `it has ${keys.length} ids and ${counts.length} vectors`);
    let at = 0;
    for (const [place, count] of counts.entries()) {
      const key = keys[place]!;
      const ofImage = images.get(key.id) ?? new Map<number, StoredRow>();
      images.set(key.id, ofImage);
      if (ofImage.has(key.box)) throw invalid(path, `${wordsOf(key)} is there twice`);
      if (count <= 0) {
        ofImage.set(key.box, { vector: null, box: key.edges });
        continue;
      }
      dimensions ||= count;
      if (count !== dimensions) throw invalid(path, `${wordsOf(key)} has ${count} numbers, those before ${dimensions}`);
      ofImage.set(key.box, { vector: values.subarray(at, (at += count)), box: key.edges });
    }
    if (at !== values.length) throw invalid(path, 'its column "embedding" has numbers that are null');
  }
  return { dimensions, ...countsOf(images), ...lookUp(images) };
}

/** A row, without its id. */
interface StoredRow {
  readonly vector: Float32Array | null;
  /** Where the box is; null where the file does not say. */
  readonly box: StoredBox | null;
}

/** By image, then by box. */
type StoredRows = ReadonlyMap<string, ReadonlyMap<number, StoredRow>>;

function countsOf(images: StoredRows): Pick<StoredEmbeddings, 'size' | 'boxes' | 'placed' | 'without'> {
  const counts = { size: 0, boxes: 0, placed: 0 };
  const without: string[] = [];
  for (const [id, rows] of images) {
    let has = 0;
    for (const [place, { vector, box }] of rows) {
      if (box !== null && place !== wholeImage) counts.placed++;
      if (vector === null) continue;
      has++;
      if (place === wholeImage) counts.size++;
      else counts.boxes++;
    }
    if (has === 0) without.push(id);
  }
  return { ...counts, without };
}

function lookUp(images: StoredRows): Pick<StoredEmbeddings, 'ids' | 'get' | 'boxOf'> {
  const rowOf = (imageId: string | number, place: number): StoredRow | undefined =>
    images.get(String(imageId))?.get(place);
  return {
    ids: () => images.keys(),
    get: (imageId, boxIndex) => rowOf(imageId, boxIndex ?? wholeImage)?.vector ?? null,
    boxOf: (imageId, boxIndex) => rowOf(imageId, boxIndex)?.box ?? null,
  };
}

/** Stands for the whole image, in the place of one of its boxes. */
const wholeImage = -1;

/** What a row is of. */
interface RowKey {
  readonly id: string;
  /** Which of its boxes, or `wholeImage`. */
  readonly box: number;
  /** Where it is; null where the file does not say. */
  readonly edges: StoredBox | null;
}

function wordsOf({ id, box }: RowKey): string {
  return `image_id ${JSON.stringify(id)}${box === wholeImage ? '' : `, box_index ${box},`}`;
}

async function keysOf(file: ParquetFile, rowStart: number, rowEnd: number): Promise<RowKey[]> {
  const { buffer, metadata, compressors, path } = file;
  const hasBoxes = hasColumn(file, 'box_index');
  const hasEdges = hasBoxes && isBoxColumn(file);
  const columns = ['image_id', ...(hasBoxes ? ['box_index'] : []), ...(hasEdges ? ['box'] : [])];
  const options = { file: buffer, metadata, compressors, columns, rowStart, rowEnd };
  const rows = await parquetReadObjects(options).catch((cause: unknown) => {
    throw notParquet(path, cause);
  });
  return rows.map(({ image_id: id, box_index: index, box }) => ({
    ...{ id: idOf(id, path), box: boxOf(index, path), edges: (box ?? null) as StoredBox | null },
  }));
}

function idOf(id: unknown, path: string): string {
  if (typeof id === 'string' || typeof id === 'number' || typeof id === 'bigint') return String(id);
  throw invalid(path, `an image_id is ${id === null ? 'null' : typeof id}, expected whole numbers or text`);
}

function boxOf(box: unknown, path: string): number {
  if (box === undefined || box === null) return wholeImage;
  const isNumber = typeof box === 'number' || typeof box === 'bigint';
  if (isNumber && Number.isSafeInteger(Number(box)) && box >= 0) return Number(box);
  const came = isNumber ? String(box) : typeof box;
  throw invalid(path, `a box_index is ${came}, expected whole numbers from 0, or null for the whole image`);
}

/** Whether a column `box` is of edges, and not of what another maker calls a box. */
function isBoxColumn({ schema }: ParquetFile): boolean {
  const box = schema.children.find(({ element }) => element.name === 'box');
  const isEdge = (edge: string): boolean =>
    box?.children.some(({ element: { name, type } }) => name === edge && (type === 'FLOAT' || type === 'DOUBLE')) ??
    false;
  return box?.children.length === 4 && ['xmin', 'ymin', 'xmax', 'ymax'].every(isEdge);
}

function hasColumn({ schema }: ParquetFile, name: string): boolean {
  return schema.children.some(({ element }) => element.name === name);
}

async function vectorsOf(
  file: ParquetFile,
  columns: readonly ColumnChunk[],
): Promise<{ readonly counts: readonly number[]; readonly values: Float32Array }> {
  const [chunk, ...others] = columns.filter(({ meta_data: meta }) => meta?.path_in_schema[0] === 'embedding');
  const { type, path_in_schema: leaf = [] } = chunk?.meta_data ?? {};
  const isNumbers = type === 'FLOAT' || type === 'DOUBLE' || logicalTypeOf(file, leaf) === 'FLOAT16';
  if (!chunk || others.length > 0 || leaf.length < 2 || !isNumbers)
    throw invalid(file.path, 'its column "embedding" is no list of float16, float32 or float64');
  const pages = await readChunk(file, chunk).then((bytes) => decoded(file, chunk, bytes));
  return { counts: listCounts(file.schema, 'embedding', leaf, pages), values: joinPages(Float32Array, pages) };
}

function logicalTypeOf({ schema }: ParquetFile, leaf: readonly string[]): string | undefined {
  const found = leaf.reduce<SchemaTree | undefined>(
    (tree, name) => tree?.children.find(({ element }) => element.name === name),
    schema,
  );
  return found?.element.logical_type?.type;
}

function decoded(file: ParquetFile, chunk: ColumnChunk, bytes: Uint8Array): LeafPage[] {
  try {
    return decodeLeaf(file, chunk, bytes);
  } catch (cause) {
    throw notParquet(file.path, cause);
  }
}

function withoutColumn(file: ParquetFile, name: string): QualmError {
  const names = file.schema.children.map(({ element }) => element.name).join(', ');
  return invalid(file.path, `it has no column "${name}", only ${names}`);
}

function invalid(path: string, why: string): QualmError {
  return new QualmError(
    'dataset-invalid',
    `readEmbeddings: "${path}": ${why}; give a file that qualm embed wrote, or one with the columns image_id and embedding`,
  );
}
