import { assertFunctions } from '@qualm/types';

/** @throws RangeError for what is not a loaded model. */
export function assertModel(where: string, value: unknown): void {
  assertFunctions(where, 'its model', value, ['run', 'dispose'], 'what loadModel gives: await loadModel(...)');
}
