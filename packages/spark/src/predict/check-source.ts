import { counted, QualmError } from '@qualm/types';
import type { SparkSession } from '../connect/spark-session.ts';
import { quoteName, quoteTable } from '../texts/names.ts';
import { doubledIds, idsOfNulls, sourceCounts } from '../texts/proof-texts.ts';
import type { ImageKind, SourceColumns } from '../texts/request-text.ts';
import { readCounts, readRows, someOf } from './read-rows.ts';

/** What is known of a source before anything runs. */
export interface CheckedSource {
  readonly idType: string;
  readonly kind: ImageKind;
  readonly images: number;
}

const shown = 5;

/** Looks at the columns and the ids of a source.
 * @throws QualmError `dataset-invalid` for columns of other types, and for ids that are NULL or
 * there more than once and images that are NULL, some of which it names; `query-invalid` for a
 * table or a column that is not there.
 */
export async function checkSource(
  session: SparkSession,
  source: SourceColumns,
  signal?: AbortSignal,
): Promise<CheckedSource> {
  const options = signal ? { signal } : {};
  const columns = [source.id, source.image].map(quoteName).join(', ');
  const types = await readRows(
    session,
    `DESCRIBE QUERY SELECT ${columns} FROM ${quoteTable('predict', source.from)}`,
    options,
  );
  const [idType, imageType] = types.map((row) => String(row['data_type']));
  const kind = imageKind(source, imageType!);
  if (!isExact(idType!)) {
    throw invalid(
      `the ids in ${source.from}.${source.id} are ${idType}; expected text, whole numbers, decimals or dates; ` +
        `make a view with CAST(${source.id} AS STRING)`,
    );
  }
  const counts = await readCounts(
    session,
    sourceCounts(source),
    ['images', 'null_ids', 'doubled_ids', 'null_images'],
    options,
  );
  const { images, null_ids: nullIds, doubled_ids: doubled, null_images: nullImages } = counts;
  if (nullIds > 0) {
    throw invalid(
      `${partOf(nullIds, images, 'id')} NULL in ${source.from}.${source.id}; give each image an id, or leave them out with a view`,
    );
  }
  if (doubled > 0) {
    const ids = await readRows(session, doubledIds(source, shown), options);
    throw invalid(
      `${partOf(doubled, images, 'id')} there again in ${source.from}.${source.id}: ${someOf(ids, 'id', 0)}${ids.length === shown ? ', ...' : ''}; ` +
        'each image needs its own id',
    );
  }
  if (nullImages > 0) {
    const ids = await readRows(session, idsOfNulls(source, shown), options);
    throw invalid(
      `${partOf(nullImages, images, 'image')} NULL in ${source.from}.${source.image}: ${someOf(ids, 'id', nullImages)}; ` +
        'leave them out with a view',
    );
  }
  return { idType: idType!, kind, images };
}

/** @example partOf(1, 40, 'id') // '1 of 40 ids is' */
function partOf(count: number, all: number, one: string): string {
  const words = `of ${counted(all, one)}`;
  return counted(count, `${words} is`, `${words} are`);
}

/** Whether a text gives back exactly the id that it was made of, whatever the session's settings.
 */
function isExact(type: string): boolean {
  return /^(string|varchar\(\d+\)|char\(\d+\)|tinyint|smallint|int|bigint|decimal\(\d+, ?\d+\)|date)$/.test(type);
}

function imageKind({ from, image }: SourceColumns, type: string): ImageKind {
  if (/^(string|varchar|char)\b/.test(type)) return 'uri';
  if (type === 'binary') return 'bytes';
  throw invalid(
    `the images in ${from}.${image} are ${type}; expected paths or URIs (STRING), or encoded pictures (BINARY)`,
  );
}

function invalid(reason: string): QualmError {
  return new QualmError('dataset-invalid', `predict: ${reason}`);
}
