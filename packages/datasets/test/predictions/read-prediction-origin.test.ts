import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createParquetSink, readPredictionOrigin } from '../../src/index.ts';

let folder: string;
beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'qualm-origin-'))));
afterAll(() => rm(folder, { recursive: true, force: true }));

const labels = [{ id: 1, name: 'cat' }];
const day = new Date('2026-11-28T12:00:00Z');

describe('readPredictionOrigin(path)', () => {
  it('is the model of the run, and when the manifest was written', async () => {
    const out = join(folder, 'run');
    const identity = { parts: { model: 'yolox-nano', spec: 'abc' }, images: null };
    await (await createParquetSink(out, { form: 'detections', labels, identity })).close();
    await utimes(join(out, '_qualm.json'), day, day);
    expect(await readPredictionOrigin(out)).toEqual({ model: 'yolox-nano', written: day });
    // A folder that holds the set is as good.
    expect((await readPredictionOrigin(folder)).model).toBe('yolox-nano');
  });

  it('has no model where the writer named none', async () => {
    const out = join(folder, 'own', 'run');
    await (await createParquetSink(out, { form: 'detections', labels, fingerprint: 'mine' })).close();
    expect((await readPredictionOrigin(out)).model).toBeNull();
  });

  it('of what is not there, or is no manifest, is an error', async () => {
    await expect(readPredictionOrigin(join(folder, 'nowhere'))).rejects.toMatchObject({ code: 'io' });
    const broken = join(folder, 'broken');
    await (await createParquetSink(broken, { form: 'detections', labels, fingerprint: 'mine' })).close();
    await writeFile(join(broken, '_qualm.json'), '[]');
    await expect(readPredictionOrigin(broken)).rejects.toMatchObject({ code: 'dataset-invalid' });
  });
});
