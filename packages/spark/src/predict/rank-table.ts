import type { ColumnTable } from 'arquero';
import { QualmError, assertChoice, wrongArgument } from '@qualm/types';
import type { RankOrder } from '@qualm/types';
import type { SparkSession } from '../connect/spark-session.ts';
import { quoteTable } from '../texts/names.ts';
import { rankMeasureText, rankText } from '../texts/rank-text.ts';
import type { SparkAggregation } from '../texts/rank-text.ts';
import { sparkStrategyNames, sparkStrategyOrder, strategyExpression } from '../texts/strategy-expressions.ts';
import type { SparkStrategyName } from '../texts/strategy-expressions.ts';
import { readRows } from './read-rows.ts';

/** How a stored table is ranked. */
export interface SparkRankOptions {
  /** A table that `predict` made. */
  readonly table: string;
  /** What Spark computes of the scores of each box. */
  readonly strategy?: SparkStrategyName;
  /** In place of a strategy: one of the `measures` that the table was predicted with. */
  readonly measure?: string;
  /** Which numbers of a measure come first; `descending` by default. A strategy knows its own. */
  readonly order?: RankOrder;
  /** How images are ranked by their boxes; boxes are ranked without it. Images without boxes are
   * left out.
   */
  readonly aggregate?: SparkAggregation;
  /** How many rows there are at most. */
  readonly limit?: number;
  readonly signal?: AbortSignal;
}

const aggregations = ['leastSure', 'mean', 'sum', 'maximum', 'minimum'] as const;

/** The least sure boxes or images of a stored table.
 * @throws QualmError `options-invalid` for a table that `predict` did not make.
 */
export async function rankTable(session: SparkSession, options: SparkRankOptions): Promise<ColumnTable> {
  const { table, limit = null, order = 'descending', measure, signal } = options;
  const abort = signal ? { signal } : {};
  const columns = await readRows(session, `DESCRIBE QUERY SELECT * FROM ${quoteTable('rank', table)}`, abort);
  const types = new Map(columns.map((row) => [String(row['col_name']), String(row['data_type'])]));
  if (measure !== undefined) {
    if (!types.has('measures')) throw noPredictions(table, 'measures');
    return (await session.sql(rankMeasureText(table, { measure, order, limit }), abort)).toTable();
  }
  const rows = types.has('detections') ? 'images' : 'boxes';
  if (rows === 'boxes' && !types.has('box_index')) throw noPredictions(table, 'detections');
  const hasVectors = types.has('scores') || types.get('detections')?.includes('scores:') === true;
  const { strategy, aggregate = null } = options;
  if (hasVectors && !ofBestTwo.has(strategy!)) await assertAllClasses(session, table, strategy!);
  const text = rankText({
    ...{ table, rows, aggregate, limit, column: strategy!, order: sparkStrategyOrder(strategy!) },
    value: strategyExpression(strategy!, hasVectors ? 'box.scores' : 'array(box.score)'),
  });
  return (await session.sql(text, abort)).toTable();
}

/** What these say does not depend on the classes below the two best. */
const ofBestTwo: ReadonlySet<SparkStrategyName> = new Set(['least_confidence', 'margin', 'ratio', 'presence']);

async function assertAllClasses(session: SparkSession, table: string, strategy: SparkStrategyName): Promise<void> {
  const properties = await readRows(session, `SHOW TBLPROPERTIES ${quoteTable('rank', table)}`);
  const topK = properties.find(({ key }) => key === 'qualm.top_k');
  if (!topK) return;
  throw new QualmError(
    'options-invalid',
    `rank: ${table} has the ${String(topK['value'])} best classes of each box, and ${strategy} needs all; ` +
      `rank by ${[...ofBestTwo].join(', ')}, or predict without topK`,
  );
}

/** @throws RangeError for options that cannot be. */
export function assertRankOptions(options: SparkRankOptions): void {
  const { strategy, measure, aggregate, limit } = options;
  if ((strategy === undefined) === (measure === undefined)) {
    throw new RangeError('rank: expected a strategy, such as margin, or a measure of the table; one of both');
  }
  if (strategy !== undefined) assertChoice('rank', 'strategy', strategy, sparkStrategyNames);
  if (limit !== undefined && !(Number.isInteger(limit) && limit > 0)) {
    throw wrongArgument('rank', 'limit', limit, 'a whole number from 1');
  }
  if (aggregate === undefined) return;
  if (typeof aggregate === 'object') {
    const { topKMean } = aggregate;
    if (Number.isInteger(topKMean) && topKMean > 0) return;
    throw wrongArgument('rank', 'aggregate.topKMean', topKMean, 'a whole number from 1');
  }
  assertChoice('rank', 'aggregate', aggregate, aggregations);
}

function noPredictions(table: string, column: string): QualmError {
  return new QualmError(
    'options-invalid',
    `rank: the table ${table} has no column ${column}; expected a table that predict made`,
  );
}
