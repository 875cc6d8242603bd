import { QualmError } from '@qualm/types';
import type { HttpSettings } from './http-settings.ts';
import { retry, TransientError } from './retry.ts';

/** Does a thing once although its answer may be lost: asks until the server has said yes or no, or
 * `found` shows that an earlier attempt had come through.
 * @throws what `attempt` threw last; QualmError `aborted`.
 */
export async function onceOnly<T>(
  attempt: () => Promise<T>,
  found: () => Promise<T | null>,
  settings: HttpSettings,
  signal?: AbortSignal,
): Promise<T> {
  let tried = false;
  try {
    return await retry(
      async () => {
        const earlier = tried ? await found() : null;
        if (earlier !== null) return earlier;
        tried = true;
        try {
          return await attempt();
        } catch (error) {
          if (!QualmError.is(error, 'registry-unavailable')) throw error;
          throw new TransientError(error.message, { cause: error });
        }
      },
      settings,
      signal,
    );
  } catch (error) {
    throw error instanceof TransientError ? error.cause : error;
  }
}
