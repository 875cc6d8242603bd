import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { OutputForm, PredictionSink } from '@qualm/types';
import { createParquetSink } from '../../src/predictions/create-parquet-sink.ts';
import type { ParquetSinkOptions } from '../../src/predictions/create-parquet-sink.ts';
import { readPredictions, readPredictionShards } from '../../src/predictions/read-predictions.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { examplePrediction, labels } from './example-predictions.ts';

const forms: OutputForm[] = ['detections', 'class_scores'];

function options(form: OutputForm, more: Partial<ParquetSinkOptions> = {}): ParquetSinkOptions {
  return { form, labels, fingerprint: 'model|source', rowsPerShard: 10, ...more };
}

async function writeRows(sink: PredictionSink, form: OutputForm, end: number): Promise<void> {
  for (let index = 0; index < end; index++)
    if (!sink.isStored!(index)) await sink.write(examplePrediction(form, index));
}

async function contents(folder: string): Promise<Record<string, string>> {
  const names = (await readdir(folder)).sort();
  return Object.fromEntries(
    await Promise.all(
      names.map(async (name) => {
        const bytes = await readFile(join(folder, name));
        return [name, name.endsWith('.json') ? bytes.toString() : createHash('sha256').update(bytes).digest('hex')];
      }),
    ),
  );
}

async function undisturbed(form: OutputForm, rows: number): Promise<Record<string, string>> {
  const folder = await temporaryFolder();
  const sink = await createParquetSink(folder, options(form));
  await writeRows(sink, form, rows);
  await sink.close();
  return contents(folder);
}

describe.each(forms)('createParquetSink(%s)', (form) => {
  it('stores what readPredictions gives back', async () => {
    const folder = await temporaryFolder();
    const sink = await createParquetSink(folder, options(form));
    await writeRows(sink, form, 37);
    await sink.close();
    expect(sink.stored).toBe(37);
    expect((await readdir(folder)).sort()).toEqual([
      '_qualm.json',
      ...[0, 1, 2, 3].map((i) => `part-0000${i}.parquet`),
    ]);

    const { columns, length, manifest, ...info } = await readPredictions(folder);
    const same = { form, labels, fingerprint: 'model|source', imageIdType: 'string' };
    expect({ length, ...info }).toEqual({ length: 37, ...same });
    expect(manifest).toMatchObject({ rows: 37, rowsPerShard: 10, imageIdType: 'string' });
    for (let row = 0; row < 37; row++) {
      const wanted = examplePrediction(form, row);
      expect(columns.image_id.at(row)).toBe(wanted.image_id);
      expect(columns.image.at(row)?.uri ?? null).toBe(wanted.image.uri);
      expect([columns.width.at(row), columns.height.at(row)]).toEqual([
        wanted.size?.width ?? null,
        wanted.size?.height ?? null,
      ]);
      expect(columns.detections.at(row)).toEqual(wanted.detections);
      expect(columns.error.at(row)).toEqual(wanted.error);
    }
  });

  it('streams the same shard by shard', async () => {
    const folder = await temporaryFolder();
    const sink = await createParquetSink(folder, options(form));
    await writeRows(sink, form, 25);
    await sink.close();
    const all = await readPredictions(folder);
    let row = 0;
    const lengths: number[] = [];
    for await (const shard of readPredictionShards(folder)) {
      lengths.push(shard.length);
      for (const detections of shard.columns.detections) expect(detections).toEqual(all.columns.detections.at(row++));
    }
    expect(lengths).toEqual([10, 10, 5]);
  });

  it('resumes an aborted run into the bytes of an undisturbed one', async () => {
    const folder = await temporaryFolder();
    const first = await createParquetSink(folder, options(form));
    await writeRows(first, form, 27);
    await first.abort();
    const second = await createParquetSink(folder, options(form, { resume: true }));
    expect(second.stored).toBe(27);
    await writeRows(second, form, 37);
    await second.close();
    expect(await contents(folder)).toEqual(await undisturbed(form, 37));
  });

  it('does a shard again that is cut short, and keeps the ones after it', async () => {
    const folder = await temporaryFolder();
    const first = await createParquetSink(folder, options(form));
    await writeRows(first, form, 40);
    await first.abort();
    await truncate(join(folder, 'part-00001.parquet'), 100);
    await writeFile(join(folder, 'part-00004.parquet.tmp'), 'half');
    const second = await createParquetSink(folder, options(form, { resume: true }));
    expect(second.stored).toBe(30);
    await writeRows(second, form, 40);
    await second.close();
    expect(await contents(folder)).toEqual(await undisturbed(form, 40));
  });

  it('keeps a complete set when it is resumed', async () => {
    const folder = await temporaryFolder();
    const first = await createParquetSink(folder, options(form));
    await writeRows(first, form, 37);
    await first.close();
    const before = await contents(folder);
    const second = await createParquetSink(folder, options(form, { resume: true }));
    expect(second.stored).toBe(37);
    await expect(second.write(examplePrediction(form, 37))).rejects.toThrow(/complete with 37 rows/);
    await second.close();
    expect(await contents(folder)).toEqual(before);
  });

  it('does the last shard again when a complete set lost it', async () => {
    const folder = await temporaryFolder();
    const first = await createParquetSink(folder, options(form));
    await writeRows(first, form, 37);
    await first.close();
    await truncate(join(folder, 'part-00003.parquet'), 8);
    const second = await createParquetSink(folder, options(form, { resume: true }));
    expect(second.stored).toBe(30);
    await writeRows(second, form, 37);
    await second.close();
    expect(await contents(folder)).toEqual(await undisturbed(form, 37));
  });

  it('stores a set without rows', async () => {
    const folder = await temporaryFolder();
    await (await createParquetSink(folder, options(form))).close();
    const { length, columns } = await readPredictions(folder);
    expect([length, columns.detections.length]).toEqual([0, 0]);
  });
});

describe('createParquetSink refuses', () => {
  it('a folder that holds predictions, without resume', async () => {
    const folder = await temporaryFolder();
    await (await createParquetSink(folder, options('detections'))).close();
    await expect(createParquetSink(folder, options('detections'))).rejects.toMatchObject({
      code: 'io',
      message: expect.stringMatching(/resume: true/) as string,
    });
  });

  it('a folder that holds something else', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'holiday.jpg'), '');
    for (const resume of [false, true]) {
      await expect(createParquetSink(folder, options('detections', { resume }))).rejects.toThrow(/holiday\.jpg/);
    }
  });

  it('to resume under another fingerprint', async () => {
    const folder = await temporaryFolder();
    await (await createParquetSink(folder, options('detections'))).abort();
    const other = options('detections', { resume: true, fingerprint: 'another model' });
    await expect(createParquetSink(folder, other)).rejects.toThrow(
      /begun by another run: fingerprint was .*another model/,
    );
  });

  it('a second writer', async () => {
    const folder = await temporaryFolder();
    const first = await createParquetSink(folder, options('detections'));
    await expect(createParquetSink(folder, options('detections', { resume: true }))).rejects.toThrow(
      new RegExp(`process ${process.pid} on .* is writing`),
    );
    await first.abort();
    const second = await createParquetSink(folder, options('detections', { resume: true }));
    expect(second.stored).toBe(0);
    await second.abort();
  });

  it('detections of the other form', async () => {
    const sink = await createParquetSink(await temporaryFolder(), options('detections'));
    await expect(sink.write(examplePrediction('class_scores', 1))).rejects.toMatchObject({ code: 'shape-mismatch' });
    await sink.abort();
  });

  it('a path that is a file', async () => {
    const path = join(await temporaryFolder(), 'file');
    await writeFile(path, '');
    await expect(createParquetSink(path, options('detections'))).rejects.toMatchObject({ code: 'io' });
  });

  it('rows after close', async () => {
    const sink = await createParquetSink(await temporaryFolder(), options('detections'));
    await sink.close();
    await expect(sink.write(examplePrediction('detections', 0))).rejects.toThrow(/closed/);
  });
});

describe('createParquetSink', () => {
  it('takes over the lock of a process that is gone', async () => {
    const folder = await temporaryFolder();
    await mkdir(folder, { recursive: true });
    const { hostname } = await import('node:os');
    await writeFile(join(folder, '_qualm.lock'), JSON.stringify({ pid: 2 ** 22 + 1, host: hostname(), start: '1' }));
    const sink = await createParquetSink(folder, options('detections'));
    expect(sink.stored).toBe(0);
    await sink.close();
  });

  it('waits for a lock that is being written, and takes over one that never was', async () => {
    const folder = await temporaryFolder();
    const lock = join(folder, '_qualm.lock');
    await writeFile(lock, '');
    // Young for a day, however long this takes.
    const tomorrow = new Date(Date.now() + 86_400_000);
    await utimes(lock, tomorrow, tomorrow);
    await expect(createParquetSink(folder, options('detections'))).rejects.toThrow(/another process is writing/);
    await utimes(lock, new Date(0), new Date(0));
    await (await createParquetSink(folder, options('detections'))).close();
    expect(await readdir(folder)).not.toContain('_qualm.lock');
  });

  it('stores whole numbers as int64 ids and refuses text after them', async () => {
    const folder = await temporaryFolder();
    const sink = await createParquetSink(folder, options('detections', { rowsPerShard: 2 }));
    const id = 2 ** 40 + 1;
    await sink.write({ ...examplePrediction('detections', 0), image_id: id });
    await expect(sink.write({ ...examplePrediction('detections', 1), image_id: 'b' })).rejects.toThrow(/whole number/);
    await sink.write({ ...examplePrediction('detections', 1), image_id: 2 });
    await sink.close();
    expect([...(await readPredictions(folder)).columns.image_id]).toEqual([id, 2]);
  });

  it('stores long vectors of scores in several row groups', async () => {
    const folder = await temporaryFolder();
    const sink = await createParquetSink(folder, options('class_scores', { rowsPerShard: 8 }));
    for (let i = 0; i < 8; i++) await sink.write(examplePrediction('class_scores', 4, 90_000));
    await sink.close();
    const { columns } = await readPredictions(folder);
    const wanted = examplePrediction('class_scores', 4, 90_000).detections!;
    expect(Buffer.from(columns.detections.at(7)!.scores).equals(Buffer.from(wanted.scores))).toBe(true);
    expect(Buffer.from(columns.detections.at(7)!.boxes).equals(Buffer.from(wanted.boxes))).toBe(true);
  });
});
