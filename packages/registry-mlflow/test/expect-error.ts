import { expect } from 'vitest';
import { QualmError } from '@qualm/types';
import type { QualmErrorCode } from '@qualm/types';

/** The error that a promise was rejected with, of this code and with these words. */
export async function expectError(
  asked: Promise<unknown>,
  code: QualmErrorCode,
  ...words: string[]
): Promise<QualmError> {
  const error: unknown = await asked.then(
    () => new Error('it was fulfilled'),
    (failure: unknown) => failure,
  );
  expect(QualmError.is(error) ? error.code : error, String(error)).toBe(code);
  for (const word of words) expect((error as QualmError).message).toContain(word);
  return error as QualmError;
}
