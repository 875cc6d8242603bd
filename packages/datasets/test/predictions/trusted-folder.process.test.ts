import { appendFile, cp, readFile, readdir, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { PredictionSink, RowError } from '@qualm/types';
import { digestOf } from '../../src/files/file-digest.ts';
import { createParquetSink } from '../../src/predictions/create-parquet-sink.ts';
import type { ParquetSinkOptions } from '../../src/predictions/create-parquet-sink.ts';
import { readPredictions, readPredictionShards } from '../../src/predictions/read-predictions.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { examplePrediction, labels } from './example-predictions.ts';

const options: ParquetSinkOptions = { form: 'detections', labels, fingerprint: 'a model|images', rowsPerShard: 10 };

async function writeRows(sink: PredictionSink, end: number, errorAt: ReadonlySet<number> = new Set()): Promise<void> {
  for (let index = 0; index < end; index++) {
    if (sink.isStored!(index)) continue;
    const row = examplePrediction('detections', index);
    const error: RowError = { code: 'io', message: 'a drive that is gone' };
    await sink.write(errorAt.has(index) ? { ...row, size: null, detections: null, error } : row);
  }
}

async function folderOf(rows: number, more: Partial<ParquetSinkOptions> = {}): Promise<string> {
  const folder = await temporaryFolder();
  const sink = await createParquetSink(folder, { ...options, ...more });
  await writeRows(sink, rows);
  await sink.close();
  return folder;
}

async function contents(folder: string): Promise<Record<string, string>> {
  const names = (await readdir(folder)).sort();
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, (await readFile(join(folder, name))).toString('base64')])),
  );
}

async function readShards(folder: string): Promise<void> {
  for await (const { length } of readPredictionShards(folder)) expect(length).toBeGreaterThan(0);
}

async function flip(path: string, at: number): Promise<void> {
  const bytes = await readFile(path);
  bytes[at]! ^= 1;
  await writeFile(path, bytes);
}

describe('a folder of predictions is held against its manifest:', () => {
  it.each<[string, (folder: string) => Promise<unknown>, RegExp]>([
    [
      'a missing shard',
      (folder) => rm(join(folder, 'part-00001.parquet')),
      /part-00001\.parquet" is missing: its 10 images/,
    ],
    [
      'a missing last shard',
      (folder) => rm(join(folder, 'part-00002.parquet')),
      /part-00002\.parquet" is missing: its 5/,
    ],
    ['a flipped bit of the data', (folder) => flip(join(folder, 'part-00001.parquet'), 700), /part-00001.*checksum/],
    [
      'a shard cut off',
      (folder) => truncate(join(folder, 'part-00001.parquet'), 900),
      /part-00001.*footer cannot be read/,
    ],
    ['an empty shard', (folder) => truncate(join(folder, 'part-00001.parquet')), /part-00001.*footer cannot be read/],
    [
      'a broken footer',
      async (folder) => {
        const path = join(folder, 'part-00001.parquet');
        await flip(path, (await readFile(path)).length - 20);
      },
      /part-00001/,
    ],
    [
      'a shard of another model',
      async (folder) => {
        const other = await folderOf(25, { fingerprint: 'another model|images' });
        await cp(join(other, 'part-00001.parquet'), join(folder, 'part-00001.parquet'));
      },
      /part-00001.*another run/,
    ],
    [
      'two shards that changed places',
      async (folder) => {
        await rename(join(folder, 'part-00001.parquet'), join(folder, 'x'));
        await rename(join(folder, 'part-00000.parquet'), join(folder, 'part-00001.parquet'));
        await rename(join(folder, 'x'), join(folder, 'part-00000.parquet'));
      },
      /part-00000.*checksum/,
    ],
    [
      'one shard too many',
      (folder) => cp(join(folder, 'part-00001.parquet'), join(folder, 'part-00003.parquet')),
      /part-00003\.parquet" is not among the 3 shards/,
    ],
    ['bytes behind the end', (folder) => appendFile(join(folder, 'part-00001.parquet'), 'more'), /part-00001/],
  ])('%s is an error that names it', async (_, harm, message) => {
    const folder = await folderOf(25);
    await harm(folder);
    const wanted = { code: 'dataset-invalid', message: expect.stringMatching(message) as string };
    await expect(readPredictions(folder)).rejects.toMatchObject(wanted);
    await expect(readShards(folder)).rejects.toMatchObject(wanted);
  });

  it('any flipped bit of a shard is found', async () => {
    const folder = await folderOf(10);
    const path = join(folder, 'part-00000.parquet');
    const sound = await readFile(path);
    for (let at = 0; at < sound.length; at += 31) {
      await flip(path, at);
      await expect(readPredictions(folder)).rejects.toMatchObject({ code: 'dataset-invalid' });
      await writeFile(path, sound);
    }
    expect((await readPredictions(folder)).length).toBe(10);
  });

  it('a folder of an older version, with SHA-256 alone, is held against that', async () => {
    const folder = await folderOf(25);
    const path = join(folder, '_qualm.json');
    const manifest = JSON.parse(await readFile(path, 'utf8')) as { shards: { crc32?: string }[] };
    expect(manifest.shards.map(({ crc32 }) => crc32)).toEqual(Array(3).fill(expect.stringMatching(/^[\da-f]{8}$/)));
    for (const shard of manifest.shards) delete shard.crc32;
    await writeFile(path, JSON.stringify(manifest));
    expect((await readPredictions(folder)).length).toBe(25);
    await flip(join(folder, 'part-00001.parquet'), 700);
    await expect(readShards(folder)).rejects.toThrow(/part-00001.*checksum/);
  });

  it('a flipped bit is found that CRC-32 says nothing of, when the run goes on', async () => {
    const folder = await folderOf(25);
    const path = join(folder, 'part-00001.parquet');
    const before = await readFile(path);
    await flip(path, 700);
    const manifest = JSON.parse(await readFile(join(folder, '_qualm.json'), 'utf8')) as { shards: object[] };
    const crc32 = digestOf(await readFile(path)).crc32;
    const shards = manifest.shards.map((shard, index) => (index === 1 ? { ...shard, crc32 } : shard));
    await writeFile(join(folder, '_qualm.json'), JSON.stringify({ ...manifest, shards }));
    const sink = await createParquetSink(folder, { ...options, resume: true });
    await writeRows(sink, 25);
    await sink.close();
    expect(await readFile(path)).toEqual(before);
  });

  it('a folder of an older version, without checksums, is read, and missing rows are an error', async () => {
    const folder = await folderOf(25);
    const path = join(folder, '_qualm.json');
    const { shards, ...older } = JSON.parse(await readFile(path, 'utf8')) as { shards: unknown };
    expect(shards).toHaveLength(3);
    await writeFile(path, JSON.stringify(older));
    expect((await readPredictions(folder)).length).toBe(25);
    await rm(join(folder, 'part-00002.parquet'));
    await expect(readPredictions(folder)).rejects.toThrow(/part-00002.*25 rows, 20 are there/);
  });

  it.each([
    ['no object', '3'],
    ['invalid labels', '{"version":1,"form":"detections","fingerprint":"f","labels":[3],"rowsPerShard":1}'],
    ['an invalid form', '{"version":1,"form":"x","fingerprint":"f","labels":[],"rowsPerShard":1}'],
    ['invalid shards', '{"version":1,"form":"detections","fingerprint":"f","labels":[],"rowsPerShard":1,"shards":{}}'],
  ])('a manifest with %s is an error that names it', async (_, text) => {
    const folder = await folderOf(1);
    await writeFile(join(folder, '_qualm.json'), text);
    await expect(readPredictions(folder)).rejects.toMatchObject({
      code: 'dataset-invalid',
      message: expect.stringContaining('_qualm.json') as string,
    });
  });
});

describe('a run that goes on', () => {
  it('does a damaged shard again, and no other', async () => {
    const folder = await folderOf(35);
    const before = await contents(folder);
    await flip(join(folder, 'part-00001.parquet'), 300);
    await rm(join(folder, 'part-00003.parquet'));
    const sink = await createParquetSink(folder, { ...options, resume: true });
    expect(sink.stored).toBe(20);
    expect([0, 9, 10, 19, 20, 29, 30].map((index) => sink.isStored!(index))).toEqual([
      true,
      true,
      false,
      false,
      true,
      true,
      false,
    ]);
    await writeRows(sink, 35);
    await sink.close();
    expect(await contents(folder)).toEqual(before);
  });

  it('stores what was done when it is stopped, and ends in the same bytes', async () => {
    const undisturbed = await contents(await folderOf(37));
    const folder = await temporaryFolder();
    const counts: number[] = [];
    for (const stop of [3, 3, 9, 10, 11, 25, 37]) {
      const sink = await createParquetSink(folder, { ...options, resume: true });
      counts.push(sink.stored);
      await writeRows(sink, stop);
      await sink.abort();
      expect((await readPredictions(folder)).length).toBe(stop);
    }
    expect(counts).toEqual([0, 3, 3, 9, 10, 11, 25]);
    const last = await createParquetSink(folder, { ...options, resume: true });
    await last.close();
    expect(await contents(folder)).toEqual(undisturbed);
  });

  it('stores by time what does not fill a shard', async () => {
    const folder = await temporaryFolder();
    let time = 0;
    const sink = await createParquetSink(folder, { ...options, flushSeconds: 10, now: () => time });
    for (let index = 0; index < 8; index++) {
      time += 4000;
      await sink.write(examplePrediction('detections', index));
    }
    await expect.poll(() => sink.stored).toBe(6);
    expect((await readPredictions(folder)).length).toBe(6);
    await writeRows(sink, 0);
    for (let index = 8; index < 25; index++) await sink.write(examplePrediction('detections', index));
    await sink.close();
    expect(await contents(folder)).toEqual(await contents(await folderOf(25)));
  });

  it('tries images again whose error is one to retry, wherever they are', async () => {
    const folder = await temporaryFolder();
    const first = await createParquetSink(folder, options);
    await writeRows(first, 35, new Set([3, 4, 12, 33]));
    await first.close();
    const retry = ({ code }: RowError): boolean => code === 'io';
    const stopped = await createParquetSink(folder, { ...options, resume: true, retry });
    expect(stopped.stored).toBe(31);
    expect([2, 3, 4, 5, 12, 33, 34].filter((index) => !stopped.isStored!(index))).toEqual([3, 4, 12, 33]);
    for (const index of [3, 4]) await stopped.write(examplePrediction('detections', index));
    await stopped.abort();
    expect((await readPredictions(folder)).length).toBe(35);
    const last = await createParquetSink(folder, { ...options, resume: true, retry });
    await writeRows(last, 35);
    await last.close();
    expect(await contents(folder)).toEqual(await contents(await folderOf(35)));
  });

  it('leaves errors alone that nobody wants to retry', async () => {
    const folder = await temporaryFolder();
    const first = await createParquetSink(folder, options);
    await writeRows(first, 15, new Set([3]));
    await first.close();
    const before = await contents(folder);
    const second = await createParquetSink(folder, { ...options, resume: true });
    expect(second.stored).toBe(15);
    await second.close();
    expect(await contents(folder)).toEqual(before);
  });

  it('never writes over a shard that it does not know', async () => {
    const folder = await folderOf(10);
    await writeFile(join(folder, 'part-00007.parquet'), 'of somebody else');
    await expect(createParquetSink(folder, { ...options, resume: true })).rejects.toThrow(/part-00007.*not among/);
    expect(await readFile(join(folder, 'part-00007.parquet'), 'utf8')).toBe('of somebody else');
  });
});

describe('a writer that was killed', () => {
  it('before or after the rename leaves a folder that can be read and gone on with', async () => {
    const folder = await temporaryFolder();
    const sink = await createParquetSink(folder, options);
    await writeRows(sink, 15);
    await sink.abort();
    const path = join(folder, '_qualm.json');
    const manifest = JSON.parse(await readFile(path, 'utf8')) as { pending: { index: number; rows: number } };
    expect(manifest.pending).toMatchObject({ index: 1, rows: 5 });
    expect((await readPredictions(folder)).length).toBe(15);
    await rm(join(folder, 'part-00001.parquet'));
    expect((await readPredictions(folder)).length).toBe(10);
    const second = await createParquetSink(folder, { ...options, resume: true });
    expect(second.stored).toBe(10);
    await writeRows(second, 25);
    await second.close();
    expect(await contents(folder)).toEqual(await contents(await folderOf(25)));
  });
});
