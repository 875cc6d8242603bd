import { execFileSync } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createParquetSink } from '../../src/predictions/create-parquet-sink.ts';
import { readPredictions } from '../../src/predictions/read-predictions.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { examplePrediction, labels } from './example-predictions.ts';

function mount(folder: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const probe = await (async () => {
  const { mkdtempSync, rmdirSync } = await import('node:fs');
  const folder = mkdtempSync('/tmp/qualm-mount-');
  const mounted = mount(folder);
  if (mounted) execFileSync('umount', [folder]);
  rmdirSync(folder);
  return mounted;
})().catch(() => false);

if (!probe)
  console.warn(
    'disk-full.process.test.ts: skipped, mounting a 1 MiB tmpfs is not permitted here; run as root on Linux',
  );

describe.skipIf(!probe)('createParquetSink on a full disk', () => {
  it('says so, keeps what was stored, and resumes when there is room', async () => {
    const folder = await temporaryFolder();
    expect(mount(folder)).toBe(true);
    onTestFinished(() => void execFileSync('umount', [folder]));
    const options = { form: 'class_scores', labels, fingerprint: 'f', rowsPerShard: 10 } as const;
    const sink = await createParquetSink(folder, options);
    const fill = async (): Promise<void> => {
      for (let index = 0; index < 300; index++) await sink.write(examplePrediction('class_scores', index, 1000));
      await sink.close();
    };
    // A shard, or the manifest where the next shard's bytes took the last room while it was
    // written.
    await expect(fill()).rejects.toMatchObject({
      code: 'io',
      message: expect.stringMatching(
        /(part-0\d+\.parquet|_qualm\.json).*the disk is full \(\d+ KiB free\): free some space/,
      ) as string,
    });
    await sink.abort();
    expect(sink.stored).toBeGreaterThan(0);
    expect((await readdir(folder)).filter((name) => name.endsWith('.tmp') || name.endsWith('.lock'))).toEqual([]);
    const { columns, manifest } = await readPredictions(folder);
    expect(manifest?.rows).toBeNull();
    expect(columns.detections.length).toBe(sink.stored);
    expect(columns.detections.at(-1)).toEqual(examplePrediction('class_scores', sink.stored - 1, 1000).detections);

    execFileSync('mount', ['-o', 'remount,size=16m', folder]);
    const resumed = await createParquetSink(folder, { ...options, resume: true });
    expect(resumed.stored).toBe(sink.stored);
    for (let index = resumed.stored; index < 40; index++) {
      await resumed.write(examplePrediction('class_scores', index, 1000));
    }
    await resumed.close();
    expect((await readPredictions(folder)).manifest?.rows).toBe(Math.max(40, sink.stored));
  });
});
