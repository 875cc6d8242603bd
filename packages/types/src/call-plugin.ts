import { isOutOfMemory } from './out-of-memory.ts';
import { QualmError } from './qualm-error.ts';
import type { QualmErrorCode } from './qualm-error.ts';

/** What code of the caller's own gives: a head, a backend, a strategy, a function of theirs. It
 * may give a promise.
 * @param what the function and whose it is, for the message: `load of backend ./mine.ts#mine`
 * @param code of the error where it throws another than a QualmError.
 * @throws QualmError as that code throws it; `code`, with the name, for any other error,
 * `machine-trouble` where memory ended. An `AbortError` stays as it is.
 * @example callPlugin('score of ./mine.ts#mine', () => mine.score([0.75, 0.25]))
 */
export function callPlugin<T>(what: string, call: () => T, code: QualmErrorCode = 'plugin-failed'): T {
  try {
    const given = call();
    return given instanceof Promise ? (given.catch((thrown: unknown) => fail(what, thrown, code)) as T) : given;
  } catch (thrown) {
    return fail(what, thrown, code);
  }
}

function fail(what: string, thrown: unknown, code: QualmErrorCode): never {
  if (QualmError.is(thrown) || (thrown instanceof Error && thrown.name === 'AbortError')) throw thrown;
  const [said] = String(thrown).split('\n');
  if (isOutOfMemory(thrown)) throw new QualmError('machine-trouble', `${what}: ${said}`, { cause: thrown });
  const message = `${what} threw ${said}; correct it there, or throw a QualmError that says what to do`;
  throw new QualmError(code, message, { cause: thrown });
}
