import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { PredictionManifest } from '../../src/predictions/manifest.ts';
import { createShardStore } from '../../src/predictions/shard-store.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const manifest: PredictionManifest = {
  ...({ version: 1, form: 'detections', labels: [], fingerprint: 'f' } as const),
  ...{ rowsPerShard: 1, imageIdType: 'string', rows: null, shards: [] },
};

it('shards that were written, and whose manifest could not be, leave no temporary file behind', async () => {
  const folder = await temporaryFolder();
  await mkdir(join(folder, '_qualm.json.tmp'));
  const store = createShardStore(folder, manifest);
  const written = async (index: number): Promise<{ bytes: number; sha256: string }> => {
    await writeFile(`${store.pathOf(index)}.tmp`, 'x');
    return { bytes: 1, sha256: '' };
  };
  const counts = { rows: 1, failed: 0 };
  const placed = [store.put(0, written(0), counts), store.put(1, written(1), counts)];
  for (const { status } of await Promise.allSettled(placed)) expect(status).toBe('rejected');
  expect((await readdir(folder)).filter((name) => name.startsWith('part-'))).toEqual([]);
});
