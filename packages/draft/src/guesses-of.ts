import { callPlugin, namedHead, QualmError } from '@qualm/types';
import type { HeadDefinition, HeadGuess, Heads, OutputFacts } from '@qualm/types';

/** What a head recognises; none where it does not say.
 * @throws QualmError `plugin-failed` that names the head, where it throws or gives something else.
 */
export function guessesOf(heads: Heads, head: HeadDefinition, facts: OutputFacts): readonly HeadGuess[] {
  const where = `models draft: recognise of ${namedHead(heads, head)}`;
  const recognise: unknown = head.recognise;
  if (recognise === undefined) return [];
  if (typeof recognise !== 'function')
    throw new QualmError('plugin-failed', `${where} is ${JSON.stringify(recognise)}; expected a function`);
  const guesses: unknown = callPlugin(where, () => head.recognise!(facts));
  if (Array.isArray(guesses) && guesses.every(isGuess)) return guesses;
  throw new QualmError(
    'plugin-failed',
    `${where} gave ${JSON.stringify(guesses)}; expected a list of { head, numLabels }, empty where it reads nothing`,
  );
}

function isGuess(value: unknown): value is HeadGuess {
  if (typeof value !== 'object' || value === null) return false;
  const { head, numLabels } = value as Partial<Record<keyof HeadGuess, unknown>>;
  return typeof head === 'object' && head !== null && Number.isSafeInteger(numLabels) && (numLabels as number) >= 0;
}
