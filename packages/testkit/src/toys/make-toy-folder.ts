import { mkdir } from 'node:fs/promises';
import { assertOptions, assertText, assertWhole, QualmError } from '@qualm/types';
import type { ToyOptions } from './toy-models.ts';

/** Makes the folder that toys are written into, where there is none.
 * @throws RangeError unless these are a folder and options of toys; QualmError `io` where it cannot
 * be made.
 */
export async function makeToyFolder(where: string, folder: string, options: ToyOptions): Promise<void> {
  assertText(where, 'its folder', folder, "a path, such as 'toys'");
  assertOptions(where, options, '{ repeats: 32 }');
  const { repeats = 32 } = options;
  assertWhole(where, 'repeats', repeats, 0);
  await mkdir(folder, { recursive: true }).catch((cause: Error) => {
    throw new QualmError('io', `${where}: "${folder}" cannot be made (${cause.message}); check the path`, { cause });
  });
}
