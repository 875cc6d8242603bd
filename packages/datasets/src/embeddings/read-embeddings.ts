import { assertText, QualmError } from '@qualm/types';
import type { ColumnChunk, SchemaTree } from 'hyparquet';
import { parquetReadObjects } from 'hyparquet';
import { joinPages } from '../parquet/join-pages.ts';
import { notParquet, openParquetFile } from '../parquet/parquet-file.ts';
import type { ParquetFile } from '../parquet/parquet-file.ts';
import { decodeLeaf, readChunk } from '../parquet/read-leaf.ts';
import type { LeafPage } from '../parquet/read-leaf.ts';
import { listCounts } from '../predictions/list-structure.ts';

/** Vectors of images, by their ids. */
export interface StoredEmbeddings {
  /** Numbers in each vector; 0 where there is none. */
  readonly dimensions: number;
  /** Images that have a vector. */
  readonly size: number;
  /** Ids of the file that have none. */
  readonly without: readonly string[];
  /** All ids of the file, in its order. */
  ids(): Iterable<string>;
  /** The vector of an image, by its id as text: a view; null where it has none. */
  get(imageId: string | number): Float32Array | null;
}

/** The vectors of a Parquet file with the columns `image_id` (whole numbers or text) and
 * `embedding` (a list of float16, float32 or float64, null where there is none): what
 * `createEmbeddingsSink` and `qualm embed` write, or any other maker. All of them are in memory,
 * four bytes a number.
 * @throws QualmError `io` when it cannot be read; `dataset-invalid` when it is no such file, has an
 * id twice, or vectors of several lengths.
 * @example (await readEmbeddings('clip.parquet')).get('a.jpg') // Float32Array [512]
 */
export async function readEmbeddings(path: string): Promise<StoredEmbeddings> {
  assertText('readEmbeddings', 'its path', path, "a path, such as 'embeddings.parquet'");
  const file = await openParquetFile(path);
  for (const name of ['image_id', 'embedding'])
    if (!file.schema.children.some(({ element }) => element.name === name)) throw withoutColumn(file, name);
  const vectors = new Map<string, Float32Array | null>();
  let dimensions = 0;
  let row = 0;
  for (const { columns, num_rows } of file.metadata.row_groups) {
    const ids = await idsOf(file, row, row + Number(num_rows));
    row += ids.length;
    const { counts, values } = await vectorsOf(file, columns);
    if (counts.length !== ids.length) throw invalid(path, `it has ${ids.length} ids and ${counts.length} vectors`);
    let at = 0;
    for (const [place, count] of counts.entries()) {
      const id = ids[place]!;
      if (vectors.has(id)) throw invalid(path, `image_id ${JSON.stringify(id)} is there twice`);
      if (count <= 0) {
        vectors.set(id, null);
        continue;
      }
      dimensions ||= count;
      if (count !== dimensions)
        throw invalid(path, `image_id ${JSON.stringify(id)} has ${count} numbers, those before ${dimensions}`);
      vectors.set(id, values.subarray(at, (at += count)));
    }
    if (at !== values.length) throw invalid(path, 'its column "embedding" has numbers that are null');
  }
  const without = [...vectors].flatMap(([id, vector]) => (vector ? [] : [id]));
  return {
    ...{ dimensions, size: vectors.size - without.length, without },
    ids: () => vectors.keys(),
    get: (imageId) => vectors.get(String(imageId)) ?? null,
  };
}

async function idsOf(
  { buffer, metadata, compressors, path }: ParquetFile,
  start: number,
  end: number,
): Promise<string[]> {
  const options = { file: buffer, metadata, compressors, columns: ['image_id'], rowStart: start, rowEnd: end };
  const rows = await parquetReadObjects(options).catch((cause: unknown) => {
    throw notParquet(path, cause);
  });
  return rows.map(({ image_id: id }) => {
    if (typeof id === 'string' || typeof id === 'number' || typeof id === 'bigint') return String(id);
    throw invalid(path, `an image_id is ${id === null ? 'null' : typeof id}, expected whole numbers or text`);
  });
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
