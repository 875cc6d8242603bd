import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/** Where fetched models and photographs are kept. */
export const cache: string = join(root, '.cache');

/** The folder of model specs. */
export const specs: string = join(root, 'examples/models');

/** The folder of extra photographs and models, or null where there is none. */
export function testData(): string | null {
  const folder = process.env['QUALM_TEST_DATA'] ?? resolve(root, '../shared/data');
  return existsSync(join(folder, 'coco-val2017')) ? folder : null;
}
