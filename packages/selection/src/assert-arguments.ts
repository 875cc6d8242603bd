import { assertOptions, assertText, wrongArgument } from '@qualm/types';

const example = "a folder of predictions, such as 'out', or what readPredictions gives";

/** @throws RangeError unless the value is a path or predictions in memory. */
export function assertSource(where: string, value: unknown, name = 'its source'): void {
  if (typeof value === 'string') assertText(where, name, value, example);
  else if (!has(value, 'columns', 'labels')) throw wrongArgument(where, name, value, example);
}

/** @throws RangeError unless the value has all these fields. */
export function assertFields(
  where: string,
  name: string,
  value: unknown,
  fields: readonly string[],
  wanted: string,
): void {
  if (!has(value, ...fields)) throw wrongArgument(where, name, value, wanted);
}

/** @throws RangeError unless the value is a ranking. */
export function assertRanking(where: string, value: unknown): void {
  assertFields(where, 'its ranking', value, ['boxes', 'images', 'choice', 'counts'], 'what rankPredictions gives');
}

/** @throws RangeError unless the value is labelled images. */
export function assertLabelled(where: string, value: unknown): void {
  assertFields(where, 'its images', value, ['images', 'labels'], 'what readLabelledImages gives');
}

/** @throws RangeError unless the value is cells of a page. */
export function assertPageCells(where: string, value: unknown): void {
  if (Array.isArray(value) && value.every((cell) => has(cell, 'cell'))) return;
  throw wrongArgument(where, 'its cells', value, 'the pageCells that reportOf gives');
}

/** What `rankPredictions` and `reportOf` are asked alike.
 * @throws RangeError for an option that is not as it should be.
 */
export function assertAsked(where: string, value: unknown): void {
  assertOptions(where, value, '{ limit: 100 }');
  const { strategy, aggregate, minScore, empty } = value as Record<string, unknown>;
  if (strategy !== undefined && !has(strategy, 'name', 'order', 'score'))
    throw wrongArgument(where, 'strategy', strategy, 'a strategy, such as entropy');
  if (aggregate !== undefined && !has(aggregate, 'name', 'reduce'))
    throw wrongArgument(where, 'aggregate', aggregate, 'an aggregation, such as topKMean(3)');
  if (minScore !== undefined && !(typeof minScore === 'number' && minScore >= 0 && minScore <= 1))
    throw wrongArgument(where, 'minScore', minScore, 'a number from 0 to 1');
  if (!(empty === undefined || empty === 'first' || empty === 'last' || isNumber(empty)))
    throw wrongArgument(where, 'empty', empty, "'first', 'last' or a number");
}

/** @throws RangeError unless the value is a whole number from 0, or absent. */
export function assertCount(where: string, name: string, value: unknown): void {
  if (value === undefined || (Number.isSafeInteger(value) && (value as number) >= 0)) return;
  throw wrongArgument(where, name, value, 'a whole number from 0');
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number' && !Number.isNaN(value);
}

function has(value: unknown, ...names: readonly string[]): boolean {
  const isObject = (typeof value === 'object' && value !== null) || typeof value === 'function';
  return isObject && names.every((name) => name in value);
}
