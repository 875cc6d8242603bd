import { callPlugin, namedHead, QualmError } from '@qualm/types';
import type { HeadDefinition, Heads } from '@qualm/types';
import { heads as ownHeads } from './heads.ts';

/** What calls the functions of a head. */
export interface HeadGuard {
  createReader<Reader extends { readonly outputs: readonly string[] }>(create: () => Reader): Reader;
  decode<T>(decode: () => T): T;
}

/** A guard whose errors name a head that is not ours where that throws, or gives no reader.
 * @throws QualmError from its functions `plugin-failed`, and as the head throws it.
 */
export function guardHead(heads: Heads, head: HeadDefinition): HeadGuard {
  if (Object.values(ownHeads).includes(head)) return { createReader: (create) => create(), decode: (call) => call() };
  const name = namedHead(heads, head);
  return {
    createReader: (create) => {
      const reader = callPlugin(`createReader of ${name}`, create);
      if (Array.isArray(reader?.outputs)) return reader;
      const came = `createReader of ${name} gave a reader with no list of outputs`;
      throw new QualmError('plugin-failed', `${came}; expected { outputs: ['boxes', 'scores'], read }`);
    },
    decode: (decode) => callPlugin(`the reader of ${name}`, decode),
  };
}
