import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The root of this repository. */
export const root: string = resolve(import.meta.dirname, '../..');

/** Where things that tests install or download are kept. */
export const cache: string = join(root, '.cache');

/** The folder of extra photographs and models, or null where it is absent; says so once. */
export function testData(): string | null {
  const folder = process.env['QUALM_TEST_DATA'] ?? resolve(root, '../shared/data');
  if (existsSync(join(folder, 'coco-val2017'))) return folder;
  process.stderr.write(`skipped: no photographs at ${folder}; set QUALM_TEST_DATA to run these tests\n`);
  return null;
}
