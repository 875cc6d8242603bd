import type { PredictCall } from './find-call.ts';
import type { Span } from './query-block.ts';

/** What the rows of a model over images are looked up in. */
export interface PredictedImages {
  /** Tables that `predict` made, quoted. */
  readonly tables: readonly string[];
  /** The expression of an image's id there, of the expression of the image. */
  readonly keyOf: (image: string) => string;
  /** A number that no other call of the statement has. */
  readonly place: number;
}

/** The text with a column of stored predictions in the place of a call: the table that its query
 * reads from is joined with them, each row with the one prediction of its image. An image that was
 * not predicted is an error, never NULL: rows may have come since.
 */
export function rewriteCall(text: string, { call, image, block }: PredictCall, images: PredictedImages): string {
  const { tables, keyOf, place } = images;
  const rows = `qualm_rows_${place}`;
  const key = `qualm_key_${place}`;
  const predicted = tables
    .map((table) => `SELECT image_id AS ${key}, detections AS ${rows} FROM ${table}`)
    .join(' UNION ALL ');
  const alias = block.alias ?? `qualm_source_${place}`;
  const expression = text.slice(image.start, image.end);
  const found = `IF(${key} IS NULL AND (${expression}) IS NOT NULL, raise_error('ML_PREDICT: an image was not predicted, the table changed meanwhile; run the statement again'), ${rows})`;
  const source =
    `(SELECT ${alias}.*, ${found} AS ${rows} FROM ${text.slice(block.source.start, block.source.end)} AS ${alias} ` +
    `LEFT JOIN (${predicted}) ON ${key} = ${keyOf(`(${expression})`)}) AS ${alias}`;
  return edited(text, [
    ...block.stars.map(({ place: at, isInList }) => ({
      ...{ start: at, end: at },
      text: isInList ? `${rows}, ` : ` EXCEPT (${rows})`,
    })),
    { ...block.item, text: source },
    { ...call, text: rows },
  ]);
}

function edited(text: string, edits: readonly (Span & { readonly text: string })[]): string {
  let result = text;
  for (const { start, end, text: piece } of [...edits].sort((a, b) => b.start - a.start)) {
    result = result.slice(0, start) + piece + result.slice(end);
  }
  return result;
}
