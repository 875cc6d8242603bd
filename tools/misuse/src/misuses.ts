import { QualmError } from '@qualm/types';
import type { Place } from './place.ts';
import { wrongValues } from './wrong-values.ts';
import type { WrongKind } from './wrong-values.ts';

/** What calls with a wrong value in one place bring that is neither a RangeError nor a QualmError
 * of ours: errors of the engine, and success where the value is not allowed. The other places are
 * right. Empty when each wrong value is refused.
 * @example await misuses('readCoco', readCoco, [place('instances.json')]) // ['readCoco(null): TypeError: ...']
 */
export async function misuses(
  name: string,
  call: (...args: never[]) => unknown,
  places: readonly Place[],
): Promise<string[]> {
  const found: string[] = [];
  for (const [index, { allowed }] of places.entries()) {
    for (const [kind, value] of Object.entries(wrongValues)) {
      const args = places.map(({ right }, at) => (at === index ? value : right));
      const problem = problemOf(await outcomeOf(call, args), allowed.includes(kind as WrongKind));
      if (problem !== null) found.push(`${name}(${'..., '.repeat(index)}${kind}): ${problem}`);
    }
  }
  return found;
}

/** What V8 and Node say of what they cannot use, also as RangeError or inside of an error of ours.
 */
const ofEngine =
  /is not a function|not iterable|Cannot (read|set|convert|destructure)|Invalid (array|typed)|argument must be/;

function problemOf(outcome: { readonly error: unknown } | null, isAllowed: boolean): string | null {
  if (outcome === null) return isAllowed ? null : 'no error';
  const { error } = outcome;
  const { message } = Object(error) as { message?: unknown };
  const isOurs = (QualmError.is(error) || error instanceof RangeError) && !ofEngine.test(String(message));
  return isOurs ? null : String(error);
}

async function outcomeOf(
  call: (...args: never[]) => unknown,
  args: readonly unknown[],
): Promise<{ readonly error: unknown } | null> {
  try {
    const rows = (await call(...(args as never[]))) as AsyncGenerator | undefined | null;
    if (typeof rows?.next === 'function') await rows.next();
    return null;
  } catch (error) {
    return { error };
  }
}
