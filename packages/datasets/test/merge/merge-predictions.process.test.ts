import { appendFile, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hostname } from 'node:os';
import { describe, expect, it } from 'vitest';
import type { Shared } from '@qualm/datasets';
import {
  createParquetSink,
  mergePredictions,
  openImageStream,
  readImageStates,
  readPredictions,
  shareOf,
} from '@qualm/datasets';
import { Image } from '@qualm/types';
import type { ImageList, ImageStream, OutputForm } from '@qualm/types';
import { examplePrediction, labels } from '../predictions/example-predictions.ts';
import { allShapes, shapedPrediction } from '../predictions/shaped-predictions.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { contents, exampleNames, writeShare, writeShares, writeWhole } from './share-folders.ts';

async function failure(folders: readonly string[], out: string): Promise<{ code?: string; message: string }> {
  const error = await mergePredictions(folders, out).then(
    () => new Error('it went well'),
    (thrown: Error) => thrown,
  );
  return error;
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

describe('mergePredictions', () => {
  it('does not write over one of its shares, nor tells anyone to remove it', async () => {
    const folder = await temporaryFolder();
    const shares = await writeShares(join(folder, 'shares'), 2);
    const before = await contents(shares[0]!);
    const { code, message } = await failure(shares, shares[0]!);
    expect([code, message]).toEqual(['io', expect.stringContaining('is one of the shares; choose another folder')]);
    expect(await contents(shares[0]!)).toEqual(before);
  });

  it.each<[OutputForm, number]>([
    ['detections', 1],
    ['detections', 4],
    ['class_scores', 16],
  ])('gives the bytes of the undivided run of %s from %i shares in any order', async (form, count) => {
    const folder = await temporaryFolder();
    const whole = await writeWhole(join(folder, 'whole'), { form });
    const shares = await writeShares(join(folder, 'shares'), count, { form });
    const out = join(folder, 'deep', 'out');
    const progress: unknown[] = [];
    const merged = await mergePredictions(shares.reverse(), out, { onProgress: (state) => progress.push(state) });
    expect(merged).toEqual({ images: 300, failed: 27, shares: count });
    expect(progress).toEqual([{ done: 300, failed: 27, total: 300 }]);
    expect(await contents(out)).toEqual(await contents(whole));
    expect(await readdir(join(folder, 'deep'))).toEqual(['out']);
  });

  it('keeps ids that are whole numbers, and masks, key points and turned boxes', async () => {
    const folder = await temporaryFolder();
    const numbers: ImageList = {
      length: 60,
      fingerprint: 'numbers',
      *[Symbol.iterator]() {
        for (let id = 0; id < 60; id++) yield { image_id: id, image: Image.fromUri(`a${id}.jpg`) };
      },
    };
    const write = async (path: string, source: ImageList & Partial<Shared>): Promise<string> => {
      const { share } = source;
      const identity = { parts: {}, images: await readImageStates(source), ...(share && { share }) };
      const sink = await createParquetSink(path, {
        form: 'detections',
        labels,
        identity,
        shapes: allShapes,
        rowsPerShard: 16,
      });
      for (const { image_id } of source) await sink.write(shapedPrediction('detections', Number(image_id)));
      await sink.close();
      return path;
    };
    const whole = await write(join(folder, 'whole'), numbers);
    const shares = [];
    for (let index = 1; index <= 3; index++)
      shares.push(await write(join(folder, String(index)), shareOf(numbers, { index, count: 3 })));
    await mergePredictions(shares, join(folder, 'out'));
    expect(await contents(join(folder, 'out'))).toEqual(await contents(whole));
    expect((await readPredictions(join(folder, 'out'))).imageIdType).toBe('int64');
  });

  it('takes shares that have no image', async () => {
    const folder = await temporaryFolder();
    const names = exampleNames(3);
    const shares = await writeShares(join(folder, 'shares'), 9, { names });
    await mergePredictions(shares, join(folder, 'out'));
    expect(await contents(join(folder, 'out'))).toEqual(await contents(await writeWhole(join(folder, 'w'), { names })));
  });

  it('keeps images that a list has twice', async () => {
    const folder = await temporaryFolder();
    const names = [...exampleNames(40), ...exampleNames(20)];
    const shares = await writeShares(join(folder, 'shares'), 3, { names });
    expect(await mergePredictions(shares, join(folder, 'out'))).toMatchObject({ images: 60 });
    expect(await contents(join(folder, 'out'))).toEqual(await contents(await writeWhole(join(folder, 'w'), { names })));
  });

  it('merges shares of streams into the run over the stream', async () => {
    const folder = await temporaryFolder();
    async function* lines(): AsyncGenerator<string> {
      for (const name of exampleNames(100)) yield await Promise.resolve(name);
    }
    const write = async (path: string, index: number | null): Promise<string> => {
      const stream = openImageStream(lines());
      const source: ImageStream & Partial<Shared> = index === null ? stream : shareOf(stream, { index, count: 2 });
      const { share } = source;
      const identity = { parts: { model: 'toy' }, images: null, ...(share && { share }) };
      const sink = await createParquetSink(path, { form: 'detections', labels, identity, rowsPerShard: 16 });
      for await (const { image_id } of source)
        await sink.write({ ...examplePrediction('detections', Number(/\d+/.exec(String(image_id)))), image_id });
      await sink.close();
      return path;
    };
    const [whole, ...shares] = [
      await write(join(folder, 'whole'), null),
      await write(join(folder, '1'), 1),
      await write(join(folder, '2'), 2),
    ];
    await mergePredictions(shares, join(folder, 'out'));
    expect(await contents(join(folder, 'out'))).toEqual(await contents(whole));
  });

  it('lists shares that are missing, doubled and not finished, with their images, and writes nothing', async () => {
    const folder = await temporaryFolder();
    const shares = await writeShares(join(folder, 'shares'), 6);
    const half = await writeShare(join(folder, 'half'), 5, 6, { stopAfter: 20 });
    const { code, message } = await failure([...shares.slice(2, 4), shares[2]!, half], join(folder, 'out'));
    const count = async (share: number): Promise<number> => (await readPredictions(shares[share - 1]!)).length;
    const absent = (await count(1)) + (await count(2)) + (await count(6));
    expect(code).toBe('incomplete');
    expect(message).toContain(`3 of 6 shares are missing: 1/6, 2/6, 6/6, with ${absent} of 300 images;`);
    expect(message).toContain(
      `share 3/6, with ${await count(3)} images, was given 2 times: "${shares[2]}", "${shares[2]}"`,
    );
    const five = [...(await readPredictions(shares[4]!)).columns.image_id];
    const three = [20, 21, 22].map((row) => JSON.stringify(five[row])).join(', ');
    const left = `${five.length - 20} of ${five.length} images are missing, ${three} and ${five.length - 23} more;`;
    expect(message).toContain(`share 5/6 in "${half}" is not finished: ${left}`);
    expect((await readdir(folder)).sort()).toEqual(['half', 'shares']);
  });

  it('names a few of many missing shares', async () => {
    const folder = await temporaryFolder();
    const only = await writeShare(join(folder, 'only'), 7, 1000);
    expect((await failure([only], join(folder, 'out'))).message).toContain(
      '999 of 1,000 shares are missing: 1/1000, 2/1000, 3/1000 and 996 more, with ',
    );
  });

  it.each([
    ['another model', { model: 'other' }, /1 folder is of another run than ".*": ".*other": model was toy, is other;/],
    ['another form', { form: 'class_scores' as const }, /form was "detections", is "class_scores"/],
    ['shards of another length', { rowsPerShard: 8 }, /rowsPerShard was 16, is 8/],
  ])('refuses a share of %s', async (_, run, message) => {
    const folder = await temporaryFolder();
    const shares = await writeShares(join(folder, 'shares'), 2);
    const other = await writeShare(join(folder, 'other'), 2, 2, run);
    expect(await failure([shares[0]!, other], join(folder, 'out'))).toMatchObject({
      code: 'dataset-invalid',
      message: expect.stringMatching(message) as string,
    });
  });

  it('refuses a share of another number of shares', async () => {
    const folder = await temporaryFolder();
    const [one, two] = [await writeShare(join(folder, 'a'), 1, 2), await writeShare(join(folder, 'b'), 2, 3)];
    expect(await failure([one, two], join(folder, 'out'))).toMatchObject({
      code: 'dataset-invalid',
      message: expect.stringContaining(`"${two}": shares of the run were 2, are 3`) as string,
    });
  });

  it('refuses shares of two lists, and says where they differ', async () => {
    const folder = await temporaryFolder();
    const names = exampleNames(300);
    const added = [...names.slice(0, 100), 'image 9.5.jpg', ...names.slice(100)];
    const shares = await writeShares(join(folder, 'shares'), 3);
    const others = await writeShares(join(folder, 'others'), 3, { names: added });
    for (const [place, other] of others.entries()) {
      const given = shares.map((share, index) => (index === place ? other : share));
      const { code, message } = await failure(given, join(folder, 'out'));
      expect(code).toBe('dataset-invalid');
      expect(message).toContain(`301 images in "${other}"`);
      const found = /they differ at or before image (\d+), which/.exec(message);
      expect(Number(found?.[1])).toBeGreaterThan(100);
      expect(Number(found?.[1])).toBeLessThan(115);
    }
  });

  it.each<[string, (folder: string) => Promise<unknown>, string, RegExp]>([
    ['has no manifest', (share) => rm(join(share, '_qualm.json')), 'dataset-invalid', /has no _qualm.json/],
    ['is not there', (share) => rm(share, { recursive: true }), 'dataset-invalid', /has no _qualm.json/],
    [
      'lost a file',
      (share) => rm(join(share, 'part-00001.parquet')),
      'dataset-invalid',
      /part-00001\.parquet" is missing/,
    ],
    ['has a flipped bit', (share) => flipBit(join(share, 'part-00001.parquet')), 'dataset-invalid', /checksum differs/],
    [
      'has other states of images',
      (share) => appendFile(join(share, '_qualm.images.jsonl'), '["x",null,1,2]\n'),
      'dataset-invalid',
      /has not as many places/,
    ],
    [
      'has a flipped bit in the states of images',
      (share) => flipBit(join(share, '_qualm.images.jsonl')),
      'dataset-invalid',
      /_qualm\.images\.jsonl" is not the file that was written/,
    ],
    [
      'has no positions',
      (share) => rm(join(share, '_qualm.positions.jsonl')),
      'io',
      /read: ".*_qualm\.positions\.jsonl" failed .*check the path/,
    ],
    [
      'has other positions',
      (share) => appendFile(join(share, '_qualm.positions.jsonl'), '7\n'),
      'dataset-invalid',
      /_qualm\.positions\.jsonl/,
    ],
    [
      'is being written',
      (share) =>
        writeFile(join(share, '_qualm.lock'), JSON.stringify({ pid: process.pid, host: hostname(), start: null })),
      'io',
      /is writing to/,
    ],
  ])('refuses a share that %s, and leaves nothing', async (_, harm, code, message) => {
    const folder = await temporaryFolder();
    const shares = await writeShares(join(folder, 'shares'), 2);
    await harm(shares[1]!);
    const thrown = await failure(shares, join(folder, 'out'));
    expect(thrown).toMatchObject({ code, message: expect.stringMatching(message) as string });
    expect(await readdir(folder)).toEqual(['shares']);
  });

  it('refuses rows that are not the images of the list, where every file is sound in itself', async () => {
    const folder = await temporaryFolder();
    const shares = await writeShares(join(folder, 'shares'), 2);
    const path = join(shares[0]!, '_qualm.positions.jsonl');
    const other = join(shares[1]!, '_qualm.positions.jsonl');
    const [mine, theirs] = [await readFile(path, 'utf8'), await readFile(other, 'utf8')];
    const [first, second] = [mine.split('\n')[0]!, theirs.split('\n')[0]!];
    await writeFile(path, mine.replace(first, second));
    await writeFile(other, theirs.replace(second, first));
    expect(await failure(shares, join(folder, 'out'))).toMatchObject({
      code: 'dataset-invalid',
      message: expect.stringContaining('their ids differ') as string,
    });
  });

  it('refuses a whole run', async () => {
    const folder = await temporaryFolder();
    const whole = await writeWhole(join(folder, 'whole'));
    expect((await failure([whole], join(folder, 'out'))).message).toMatch(/is a whole run, not one share of it/);
  });

  it('takes an empty folder as its target, and no other', async () => {
    const folder = await temporaryFolder();
    const shares = await writeShares(join(folder, 'shares'), 2);
    const out = join(folder, 'out');
    await mkdir(out);
    await mergePredictions(shares, out);
    expect(await failure(shares, out)).toMatchObject({
      code: 'io',
      message: expect.stringContaining('there already') as string,
    });
    expect(await failure(shares, join(out, 'part-00000.parquet'))).toMatchObject({ code: 'io' });
  });

  it('deletes what a killed merge left, but nothing of others, and waits for no other process', async () => {
    const folder = await temporaryFolder();
    const shares = await writeShares(join(folder, 'shares'), 2);
    const [out, left] = [join(folder, 'out'), join(folder, 'out.tmp')];
    await mkdir(left);
    await writeFile(join(left, 'thesis.txt'), 'text');
    expect((await failure(shares, out)).message).toMatch(/out\.tmp" is needed .* it holds "thesis\.txt"; move it away/);
    expect(await readFile(join(left, 'thesis.txt'), 'utf8')).toBe('text');
    await rename(join(left, 'thesis.txt'), join(left, 'part-00077.parquet'));
    const lock = join(left, '_qualm.lock');
    await writeFile(lock, JSON.stringify({ pid: process.pid, host: hostname(), start: null }));
    expect((await failure(shares, out)).message).toMatch(/is writing to ".*out\.tmp"/);
    await writeFile(lock, JSON.stringify({ pid: 2 ** 22 + 1, host: hostname(), start: null }));
    await mergePredictions(shares, out);
    expect([await isThere(left), (await readdir(out)).includes('part-00077.parquet')]).toEqual([false, false]);
    expect(await contents(out)).toEqual(await contents(await writeWhole(join(folder, 'whole'))));
  });

  it('stops by its signal, and leaves nothing', async () => {
    const folder = await temporaryFolder();
    const shares = await writeShares(join(folder, 'shares'), 2);
    const stopped = mergePredictions(shares, join(folder, 'out'), { signal: AbortSignal.abort(new Error('stop')) });
    await expect(stopped).rejects.toMatchObject({ code: 'aborted' });
    expect(await readdir(folder)).toEqual(['shares']);
  });

  it.each([
    [['shares'], /its folders is "shares"; expected an array/],
    [[[]], /there are no folders/],
    [[['a'], ''], /its target is ""/],
    [[[7], 'out'], /a folder is 7/],
    [[['a'], 'out', { onProgress: 7 }], /onProgress is 7/],
  ])('mergePredictions(...%j) is refused', async (args, message) => {
    await expect(mergePredictions(...(args as unknown as [string[], string]))).rejects.toThrow(message);
  });
});

async function flipBit(path: string): Promise<void> {
  const bytes = await readFile(path);
  bytes[40]! ^= 4;
  await writeFile(path, bytes);
}
