import { assertOptions, assertText, callPlugin, hasFunctions, QualmError } from '@qualm/types';
import type { Strategy } from '@qualm/types';
import { binary } from '../uncertainty/binary.ts';

/** What a value is called in messages, and where it came from. */
export interface StrategyPlace {
  /** The option or the function that was given it, for messages: `--strategy`. */
  readonly where: string;
  /** What names it there: `./mine.ts#score`. */
  readonly text: string;
  /** The strategy's name where it has none of its own. */
  readonly name: string;
}

/** A strategy of somebody else's, from a module of theirs, tried on two scores: a `{ name, order,
 * score }`, or a plain function, which ranks large numbers first unless it has an `order`. A lone
 * score s is read as [s, 1 - s], as ours read it. What it throws later names it.
 * @throws QualmError `options-invalid` where the value is something else.
 * @example toStrategy((s) => 1 - s[0], { where: '--strategy', text: './mine.js#doubt', name: 'doubt' }).order // 'descending'
 */
export function toStrategy(value: unknown, place: StrategyPlace): Strategy {
  assertOptions('toStrategy', place, "{ where: '--strategy', text: './mine.js#doubt', name: 'doubt' }", 'its place');
  const { where, text, name: exported } = place;
  assertText('toStrategy', 'where', where);
  const isAlone = typeof value === 'function' && !hasFunctions(value, 'score');
  const candidate = isAlone ? { ...value, name: value.name, score: value } : value;
  if (!hasFunctions(candidate, 'score'))
    throw invalid(`${where}: "${text}" is neither a function nor a { name, order, score }`);
  const strategy = candidate as Partial<Strategy> & Pick<Strategy, 'score'>;
  const { order = 'descending', scoreRows, range } = strategy;
  if (order !== 'ascending' && order !== 'descending')
    throw invalid(`${where}: "${text}" has the order "${String(order)}"; expected ascending or descending`);
  assertNumber(tryScore(strategy, where, text), where, text);
  return readingLoneScores({
    ...{ name: strategy.name || exported, order },
    score: (...args) => callPlugin(`score of ${text}`, () => strategy.score(...args)),
    ...(scoreRows && {
      scoreRows: (...args) => callPlugin(`scoreRows of ${text}`, () => strategy.scoreRows!(...args)),
    }),
    ...(range && { range: (...args) => callPlugin(`range of ${text}`, () => strategy.range!(...args)) }),
  });
}

function assertNumber(tried: unknown, where: string, text: string): void {
  if (typeof tried === 'number') return;
  const what = typeof tried === 'function' || (typeof tried === 'object' && tried !== null);
  throw invalid(
    `${where}: "${text}" gives ${what ? `a ${typeof tried}` : (JSON.stringify(tried) ?? 'undefined')} for the scores [0.75, 0.25]; expected a number` +
      (what ? '; it may make a strategy instead of being one: export what it makes' : ''),
  );
}

function tryScore(strategy: Pick<Strategy, 'score'>, where: string, text: string): unknown {
  try {
    return strategy.score([0.75, 0.25]);
  } catch (cause) {
    const [said] = (cause instanceof RangeError ? cause.message : String(cause)).split('\n');
    // What makes strategies, such as perLabel, says so.
    const advice =
      cause instanceof RangeError
        ? 'it may make a strategy instead of being one: export what it makes'
        : 'correct it there; QUALM_DEBUG=1 shows where';
    throw invalid(`${where}: "${text}" does not take the scores [0.75, 0.25] (${said}); ${advice}`, cause);
  }
}

/** The strategy, with the binary distribution [s, 1 - s] in the place of a lone score. */
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

function invalid(message: string, cause?: unknown): QualmError {
  return new QualmError('options-invalid', message, { cause });
}
