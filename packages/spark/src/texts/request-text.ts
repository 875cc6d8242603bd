import { quoteName, quoteTable } from './names.ts';

/** Where images come from: a table or a view, and two of its columns. */
export interface SourceColumns {
  readonly from: string;
  readonly id: string;
  readonly image: string;
}

/** How images are in a source: named by a path or URI, or whole. */
export type ImageKind = 'uri' | 'bytes';

/** The id of a source's row as the text that travels, which gives the id back exactly. */
export function idText({ id }: SourceColumns): string {
  return `CAST(${quoteName(id)} AS STRING)`;
}

/** The query of one request (`WorkerRequest`) a row, in as many partitions: by a hash of the id, so
 * that a task that is run again has the same images.
 */
export function requestQuery(source: SourceColumns, kind: ImageKind, partitions: number): string {
  const image = quoteName(source.image);
  // Spark 3 breaks base64 into lines.
  const field = kind === 'uri' ? `'image', ${image}` : `'bytes', replace(base64(${image}), '\\r\\n', '')`;
  return `SELECT to_json(named_struct('id', id, ${field})) AS request FROM (
      SELECT /*+ REPARTITION(${partitions}, id) */ ${idText(source)} AS id, ${image}
      FROM ${quoteTable('predict', source.from)})`;
}
