import { counted, countText, shortNumber } from '@qualm/types';
import { topRows } from '@qualm/types/rows';
import type { SelectedRow, TieOptions } from '@qualm/types/rows';
import { keyAt, type Keys } from './keys.ts';
import { ordinal } from './ordinal.ts';
import type { PassedRow, Step } from './pick-in-order.ts';
import type { ScoredColumn } from './scored-column.ts';

export interface ExplainOptions {
  /** The column that decided, then those that are only told. */
  readonly columns: readonly ScoredColumn[];
  /** The values that decided, NaN for rows that could not be picked: ranks are among the others. */
  readonly candidates: Float64Array;
  readonly ties: TieOptions;
  readonly groups?: Keys | undefined;
  readonly classes?: Keys | undefined;
  readonly costs?: ArrayLike<number> | undefined;
}

/** A function that explains picks. Columns are ranked when the first one is asked for. */
export function createExplainer(options: ExplainOptions): (step: Step) => Omit<SelectedRow, 'row' | 'rank'> {
  const { columns, candidates, ties, costs } = options;
  const { name, values } = columns[0]!;
  const rankings = columns.map((column) => lazyRanks(column, candidates, ties));
  return ({ row, passed, turn, distance }) => {
    const scores = columns.map((column) => [column.name, column.values[row]!] as const);
    // NaN has no rank.
    const ranks = columns.flatMap((column, place) =>
      Number.isNaN(column.values[row]) ? [] : [[column.name, rankings[place]!()[row]!] as const],
    );
    // The largest of numbers are places before or after all others, and nothing to read.
    const value = Math.abs(values[row]!) < Number.MAX_VALUE ? ` (${shortNumber(values[row]!)})` : '';
    const place = `${ordinal(rankings[0]!()[row]!)} by ${name}${value}`;
    return {
      reason: `${turn ? `${turn}: ` : ''}${place}${passedOver(passed, options)}`,
      scores: {
        ...Object.fromEntries(scores),
        ...(costs && { cost: costs[row]! }),
        ...(distance !== undefined && { distance }),
      },
      ranks: Object.fromEntries(ranks),
    };
  };
}

/** The place of each row, from 1, among the candidates. */
function lazyRanks({ order, values }: ScoredColumn, candidates: Float64Array, ties: TieOptions): () => Uint32Array {
  let ranks: Uint32Array | undefined;
  return () => {
    if (ranks) return ranks;
    const among = candidates.map((value, row) => (Number.isNaN(value) ? NaN : values[row]!));
    const rows = topRows(among, order, ties);
    ranks = new Uint32Array(rows.length);
    for (let place = 0; place < rows.length; place++) ranks[rows[place]!] = place + 1;
    return ranks;
  };
}

const mostNamed = 3;

/** What was passed over, such as `, passing over 2 of group video-7, 1 too dear`; nothing where
 * nothing was.
 */
function passedOver(passed: readonly PassedRow[], { groups, classes }: ExplainOptions): string {
  const counts = new Map<string, number>();
  for (const { row, obstacle } of passed) {
    const keys = obstacle === 'group' ? groups : classes;
    const what = obstacle === 'cost' ? 'too dear' : `of ${obstacle} ${keyAt(keys!, row)}`;
    counts.set(what, (counts.get(what) ?? 0) + 1);
  }
  if (counts.size === 0) return '';
  const named = [...counts].slice(0, mostNamed);
  const others = passed.length - named.reduce((sum, [, count]) => sum + count, 0);
  const parts = named.map(([what, count]) => `${countText(count)} ${what}`);
  return `, passing over ${[...parts, ...(others > 0 ? [counted(others, 'other')] : [])].join(', ')}`;
}
