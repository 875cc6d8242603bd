import { access, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { createParquetSink } from '../../src/index.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { examplePrediction, labels } from './example-predictions.ts';

const own = new URL('../../dist/predictions/shard-worker.js', import.meta.url);
const options = { form: 'detections', labels, fingerprint: 'model|source' } as const;

async function written(folder: string, worker: URL | string): Promise<readonly string[]> {
  const sink = await createParquetSink(folder, { ...options, worker });
  await sink.write(examplePrediction('detections', 0));
  await sink.close();
  return Promise.all((await readdir(folder)).sort().map((name) => readFile(join(folder, name), 'base64')));
}

it('createParquetSink(folder, { worker }) runs that file, and writes the same bytes', async () => {
  const moved = join(await temporaryFolder(), 'a b#c.mjs');
  await writeFile(moved, `import ${JSON.stringify(own.href)};`);
  const wanted = await written(await temporaryFolder(), own);
  for (const place of [moved, pathToFileURL(moved), pathToFileURL(moved).href]) {
    expect(await written(await temporaryFolder(), place)).toEqual(wanted);
  }
});

it('createParquetSink(folder, { worker }) says that the file is not there before it makes the folder', async () => {
  const folder = join(await temporaryFolder(), 'new');
  await expect(createParquetSink(folder, { ...options, worker: '/not-here/a.mjs' })).rejects.toMatchObject({
    code: 'io',
    message: expect.stringMatching(
      /^createParquetSink: the file of its writing thread is not at "\/not-here\/a\.mjs";.*the option `worker`/,
    ) as string,
  });
  await expect(access(folder)).rejects.toThrow('ENOENT');
});
