import type { RankOrder } from '@qualm/types';
import { quoteName, quoteTable } from './names.ts';
import { textLiteral } from './text-literal.ts';

/** How the number of an image comes from those of its boxes. */
export type SparkAggregation = 'leastSure' | 'mean' | 'sum' | 'maximum' | 'minimum' | { readonly topKMean: number };

/** A ranking of a stored table. */
export interface RankText {
  readonly table: string;
  /** Whether the table has a row an image, or one a box. */
  readonly rows: 'images' | 'boxes';
  /** The column of numbers, and the one that they are called. */
  readonly column: string;
  readonly order: RankOrder;
  /** The expression of a box's number, of `box.scores` or `box.score`; or of an image's, where no
   * boxes are asked for.
   */
  readonly value: string;
  /** Null ranks boxes. */
  readonly aggregate: SparkAggregation | null;
  readonly limit: number | null;
}

/** The query of the least sure boxes or images: NaN last, ties by the id of the image, then by the
 * place of the box.
 */
export function rankText(ranking: RankText): string {
  const { aggregate, limit } = ranking;
  const column = quoteName(ranking.column);
  const direction = ranking.order === 'descending' ? 'DESC' : 'ASC';
  const ties = aggregate === null ? 'image_id, box_index' : 'image_id';
  return `${aggregate === null ? boxQuery(ranking) : imageQuery(ranking, aggregate)}
ORDER BY isnan(${column}), ${column} ${direction} NULLS LAST, ${ties}${limit === null ? '' : ` LIMIT ${limit}`}`;
}

/** The query of a number for each image that workers computed. */
export function rankMeasureText(
  table: string,
  { measure, order, limit }: { readonly measure: string; readonly order: RankOrder; readonly limit: number | null },
): string {
  const column = quoteName(measure);
  const direction = order === 'descending' ? 'DESC' : 'ASC';
  return `SELECT image_id, image, width, height, measures[${textLiteral(measure)}] AS ${column}
FROM ${quoteTable('rank', table)} WHERE error IS NULL
ORDER BY isnan(${column}), ${column} ${direction} NULLS LAST, image_id${limit === null ? '' : ` LIMIT ${limit}`}`;
}

function boxQuery({ table, rows, column, value }: RankText): string {
  return `SELECT image_id, image, width, height, box_index, box.*, ${value} AS ${quoteName(column)}
FROM (${boxesOf(table, rows)})`;
}

function imageQuery({ table, rows, column, value, order }: RankText, aggregate: SparkAggregation): string {
  return `SELECT image_id, first(image) AS image, count(*) AS boxes, ${aggregated(aggregate, order)} AS ${quoteName(column)}
FROM (SELECT image_id, image, ${value} AS value FROM (${boxesOf(table, rows)}))
GROUP BY image_id`;
}

function boxesOf(table: string, rows: RankText['rows']): string {
  const from = quoteTable('rank', table);
  const image = 'image_id, image, width, height';
  if (rows === 'images') return `SELECT ${image}, posexplode(detections) AS (box_index, box) FROM ${from}`;
  return `SELECT ${image}, box_index, struct(* EXCEPT (${image}, box_index)) AS box FROM ${from}`;
}

/** NaN of one box is NaN of its image. */
function aggregated(aggregate: SparkAggregation, order: RankOrder): string {
  const isLargest = order === 'descending';
  if (typeof aggregate === 'object') {
    const top = `slice(sort_array(collect_list(value), ${!isLargest}), 1, ${aggregate.topKMean})`;
    return orNan(`aggregate(${top}, 0D, (a, x) -> a + x) / least(${aggregate.topKMean}, count(value))`);
  }
  switch (aggregate) {
    case 'leastSure':
      return orNan(isLargest ? 'max(value)' : 'min(value)');
    case 'mean':
      return orNan('avg(value)');
    case 'sum':
      return orNan('sum(value)');
    case 'maximum':
      return orNan('max(value)');
    case 'minimum':
      return orNan('min(value)');
  }
}

function orNan(expression: string): string {
  return `IF(bool_or(isnan(value)), double('NaN'), ${expression})`;
}
