import { isOutOfMemory, QualmError } from '@qualm/types';
import type { Image } from '@qualm/types';
import { imageName } from './image-name.ts';

/** The error for an image that there was no memory for. */
export function noMemory(image: Image, cause: unknown): QualmError {
  const reason = (cause as Error).message.trim().split('\n')[0]!;
  return new QualmError(
    'machine-trouble',
    `decode: ${imageName(image)}: no memory left (${reason}); raise the limit (ulimit -v), or run fewer sessions`,
    { cause },
  );
}

/** True for what is thrown when the machine has no memory left; a module that cannot grow its own
 * traps (see `assembly/arena.ts`).
 */
export function isWithoutMemory(error: unknown): boolean {
  const { name, message } = error as Error;
  return (name === 'RuntimeError' && message === 'unreachable') || isOutOfMemory(error);
}
