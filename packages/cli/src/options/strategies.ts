import { binary, createEntropy, createGini, createLeastConfidence, perLabel } from '@qualm/strategies';
import { entropy, gini, leastConfidence, margin, presence, ratio } from '@qualm/strategies';
import type { RankOrder, Strategy } from '@qualm/types';
import { UsageError } from '../terminal/exit-code.ts';
import { importExport, namesModule } from './import-export.ts';
import { strategyNames } from './strategy-names.ts';
import type { StrategyName } from './strategy-names.ts';

const builtIn: Readonly<Record<StrategyName, Strategy>> = {
  'least-confidence': leastConfidence,
  margin,
  ratio,
  entropy,
  gini,
  'label-entropy': perLabel(entropy, { combine: 'sum' }),
  'label-margin': perLabel(margin, { combine: 'least-sure' }),
  presence,
  'normalized-least-confidence': createLeastConfidence({ normalized: true }),
  'normalized-entropy': createEntropy({ normalized: true }),
  'normalized-gini': createGini({ normalized: true }),
};

/** Columns of the ranked lists, which a strategy's column cannot be called. */
const taken: ReadonlySet<string> = new Set([
  ...['rank', 'row', 'image_id', 'image', 'width', 'height', 'boxes', 'error', 'default'],
  ...['box', 'box_index', 'index', 'xmin', 'ymin', 'xmax', 'ymax', 'label', 'score', 'second_label', 'second_score'],
  ...['labels', 'scores', 'label_id', 'label_ids'],
]);

/** The strategy of that name, or the export of a module or a package: `./mine.ts#score`. A plain
 * function ranks large numbers first unless it has an `order` of its own. One that is called like a
 * column of the lists, `score` say, has its numbers in the column `uncertainty`.
 * @throws UsageError when there is none.
 */
export async function resolveStrategy(name: string, cwd: string): Promise<Strategy> {
  if (Object.hasOwn(builtIn, name)) return builtIn[name as StrategyName];
  if (namesModule(name)) {
    const { value, exported } = await importExport('--strategy', name, cwd);
    return asStrategy(value, exported, name);
  }
  throw new UsageError(
    `--strategy: "${name}" is unknown; choose one of ${strategyNames.join(', ')}, or name a module and its export: ./mine.ts#score`,
  );
}

/** Which end of a column comes first that is called as a strategy of ours, with `_` or `-`; null
 * for other columns.
 */
export function strategyOrder(column: string): RankOrder | null {
  const name = column.toLowerCase().replaceAll('_', '-');
  return Object.hasOwn(builtIn, name) ? builtIn[name as StrategyName].order : null;
}

function asStrategy(value: unknown, exported: string, name: string): Strategy {
  const candidate = value as Partial<Strategy> | undefined;
  const score = typeof value === 'function' && !candidate?.score ? (value as Strategy['score']) : candidate?.score;
  if (typeof score !== 'function') {
    throw new UsageError(`--strategy: "${name}" is neither a function nor a { name, order, score }`);
  }
  const order: RankOrder = candidate?.order ?? 'descending';
  if (order !== 'ascending' && order !== 'descending') {
    throw new UsageError(`--strategy: "${name}" has the order "${String(order)}"; expected ascending or descending`);
  }
  const tried = tryScore(name, score);
  if (typeof tried !== 'number') {
    const what = typeof tried === 'function' || (typeof tried === 'object' && tried !== null);
    throw new UsageError(
      `--strategy: "${name}" gives ${what ? `a ${typeof tried}` : (JSON.stringify(tried) ?? 'undefined')} for the scores [0.75, 0.25]; expected a number` +
        (what ? '; it may make a strategy instead of being one: export what it makes' : ''),
    );
  }
  const scoreRows = candidate?.scoreRows;
  const given = candidate?.name || exported;
  const column = taken.has(given) ? 'uncertainty' : given;
  const range = candidate?.range;
  const whole = { name: column, order, score, ...(scoreRows && { scoreRows }), ...(range && { range }) };
  return readingLoneScores(whole);
}

function tryScore(name: string, score: (scores: number[]) => unknown): unknown {
  try {
    return score([0.75, 0.25]);
  } catch (cause) {
    // What makes strategies, such as perLabel, says so; any other error is the user's own, and
    // shows where it came from.
    if (!(cause instanceof RangeError)) throw cause;
    throw new UsageError(
      `--strategy: "${name}" does not take the scores [0.75, 0.25] (${cause.message}); ` +
        'it may make a strategy instead of being one: export what it makes',
      { cause },
    );
  }
}

/** The strategy, with the binary distribution [s, 1 - s] in the place of a lone score, as ours read
 * it by themselves.
 */
function readingLoneScores(strategy: Strategy): Strategy {
  const { scoreRows } = strategy;
  const lone = binary(strategy);
  return {
    ...strategy,
    score: (scores) => (scores.length === 1 ? lone : strategy).score(scores),
    ...(scoreRows && {
      scoreRows: (matrix, numClasses, out) => (numClasses === 1 ? lone.scoreRows! : scoreRows)(matrix, numClasses, out),
    }),
  };
}
