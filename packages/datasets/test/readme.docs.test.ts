import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import * as types from '@qualm/types';
import * as datasets from '../src/index.ts';
import { temporaryFolder } from './temporary-folder.ts';

type Main = (modules: Record<string, unknown>, photos: string, out: string) => Promise<void>;

/** The example of the README as a function; it is plain JavaScript, but for its imports. */
async function exampleOfReadme(): Promise<Main> {
  const readme = await readFile(join(import.meta.dirname, '../README.md'), 'utf8');
  const code = /```ts\n(.*?)```/s.exec(readme)![1]!;
  const body = code.replace(/^import (\{.*?\}) from '(.*?)';/gm, "const $1 = modules['$2'];");
  return new Function('modules', 'photos', 'out', `return (async () => {${body}})();`) as Main;
}

it('the example of the README runs', async () => {
  const folder = await temporaryFolder();
  const [photos, out] = [join(folder, 'photos'), join(folder, 'out')];
  await mkdir(photos);
  await writeFile(join(photos, 'a.jpg'), '');
  await writeFile(join(photos, 'b.jpg'), '');
  const example = await exampleOfReadme();
  await example({ '@qualm/datasets': datasets, '@qualm/types': types }, photos, out);
  expect(await readFile(`${out}.csv`, 'utf8')).toBe('image_id,boxes\r\na.jpg,1\r\nb.jpg,1\r\n');
  expect((await datasets.readPredictions(out)).manifest?.rows).toBe(2);
});
