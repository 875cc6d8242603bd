import { mkdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openFolder } from '../../src/images/open-folder.ts';
import { readImageStates } from '../../src/images/image-states.ts';
import type { ImageCheck } from '../../src/images/image-states.ts';
import { createParquetSink } from '../../src/predictions/create-parquet-sink.ts';
import { fingerprintOf } from '../../src/predictions/run-identity.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { labels } from './example-predictions.ts';

const then = new Date('2026-11-01T12:00:00Z');
const parts = { model: 'yolox', 'file yolox.onnx': 'a'.repeat(64), device: 'cpu' };

async function photographs(): Promise<string> {
  const folder = join(await temporaryFolder(), 'photos');
  await mkdir(folder);
  for (const name of ['a.jpg', 'b.jpg', 'c.jpg', 'd.jpg', 'e.jpg']) await put(join(folder, name), 'pixels');
  return folder;
}

async function put(path: string, content: string, time: Date = then): Promise<void> {
  await writeFile(path, content);
  await utimes(path, time, time);
}

async function open(
  out: string,
  photos: string,
  more: { readonly parts?: Record<string, string>; readonly by?: ImageCheck; readonly resume?: boolean } = {},
): Promise<void> {
  const images = await readImageStates(await openFolder(photos), { by: more.by ?? 'time' });
  const identity = { parts: more.parts ?? parts, images };
  const sink = await createParquetSink(out, { form: 'detections', labels, identity, resume: more.resume ?? false });
  await sink.abort();
}

describe('a run is only resumed as itself:', () => {
  it('the same images and parts go on', async () => {
    const [out, photos] = [await temporaryFolder(), await photographs()];
    await open(out, photos);
    await expect(open(out, photos, { resume: true })).resolves.toBeUndefined();
    expect((await readFile(join(out, '_qualm.images.jsonl'), 'utf8')).split('\n')[1]).toBe(
      `["b.jpg","file://${photos}/b.jpg",6,${then.getTime()}]`,
    );
  });

  it.each<[string, (photos: string) => Promise<void>, RegExp]>([
    [
      'a photograph was replaced by a larger one',
      (photos) => put(join(photos, 'b.jpg'), 'more pixels'),
      /: image "b\.jpg" had 6 bytes, has 11; resume with/,
    ],
    [
      'a photograph was replaced by one of the same size',
      (photos) => put(join(photos, 'b.jpg'), 'PIXELS', new Date('2026-11-02T12:00:00Z')),
      /: image "b\.jpg" was written 2026-11-01T12:00:00\.000Z, now 2026-11-02T12:00:00\.000Z; resume/,
    ],
    ['a photograph is gone', (photos) => rm(join(photos, 'e.jpg')), /: 5 images before, 4 now; resume/],
    [
      'a photograph came between',
      (photos) => put(join(photos, 'bb.jpg'), 'pixels'),
      /: 5 images before, 6 now; image "bb\.jpg" is in the place of "c\.jpg"; /,
    ],
    [
      'many were replaced',
      async (photos) => {
        for (const name of ['a', 'b', 'c', 'd', 'e']) await put(join(photos, `${name}.jpg`), 'new');
      },
      /"a\.jpg" had .*"b\.jpg" had .*"c\.jpg" had 6 bytes, has 3; and 2 more; resume/,
    ],
  ])('%s', async (_, change, message) => {
    const [out, photos] = [await temporaryFolder(), await photographs()];
    await open(out, photos);
    await change(photos);
    const refused = open(out, photos, { resume: true });
    await expect(refused).rejects.toMatchObject({ code: 'io', message: expect.stringMatching(message) as string });
  });

  it('another folder with the same names', async () => {
    const [out, photos, others] = [await temporaryFolder(), await photographs(), await photographs()];
    await open(out, photos);
    await expect(open(out, others, { resume: true })).rejects.toThrow(
      /image "a\.jpg" was file:.*a\.jpg, is file:.*; and 2 more/,
    );
  });

  it('another model, weight or option', async () => {
    const [out, photos] = [await temporaryFolder(), await photographs()];
    await open(out, photos);
    const other = { ...parts, 'file yolox.onnx': 'b'.repeat(64), device: 'cuda', 'file weights/w.bin': 'c'.repeat(64) };
    await expect(open(out, photos, { resume: true, parts: other })).rejects.toThrow(
      'file yolox.onnx was aaaaaaaa..., is bbbbbbbb...; device was cpu, is cuda; file weights/w.bin was not there, is cccccccc...',
    );
  });

  it('by content where that is asked for: time does not matter then, and the same size does not help', async () => {
    const [out, photos] = [await temporaryFolder(), await photographs()];
    await open(out, photos, { by: 'content' });
    await put(join(photos, 'b.jpg'), 'pixels', new Date('2026-11-02T12:00:00Z'));
    await expect(open(out, photos, { by: 'content', resume: true })).resolves.toBeUndefined();
    await put(join(photos, 'b.jpg'), 'PIXELS');
    await expect(open(out, photos, { by: 'content', resume: true })).rejects.toThrow(
      'image "b.jpg" has different content',
    );
    await expect(open(out, photos, { by: 'time', resume: true })).rejects.toThrow(
      'images told by was content, is time',
    );
  });

  it('a long name is cut', async () => {
    const [out, photos] = [await temporaryFolder(), await photographs()];
    const name = `${'x'.repeat(200)}.jpg`;
    await put(join(photos, name), 'pixels');
    await open(out, photos, { parts: { ...parts, model: 'm'.repeat(9000) } });
    await put(join(photos, name), 'more');
    const refused = open(out, photos, { resume: true, parts: { ...parts, model: 'n'.repeat(9000) } });
    const message = await refused.then(String, (error: Error) => error.message);
    expect(message.length).toBeLessThan(800);
    expect(message).toMatch(/model was m+\.\.\.m+, is n+\.\.\.n+; image "x+\.\.\.x+\.jpg" had 6 bytes, has 4/);
  });
});

it('a fingerprint does not depend on the order of parts, and neither identity nor fingerprint is refused', async () => {
  expect(fingerprintOf({ a: '1', b: '2' })).toBe(fingerprintOf({ b: '2', a: '1' }));
  await expect(createParquetSink(await temporaryFolder(), { form: 'detections', labels })).rejects.toThrow(RangeError);
});
