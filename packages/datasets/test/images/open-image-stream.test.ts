import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { createParquetSink, openImages, openImageStream } from '../../src/index.ts';
import { examplePrediction, labels } from '../predictions/example-predictions.ts';
import { temporaryFolder } from '../temporary-folder.ts';

async function* listed(...texts: readonly string[]): AsyncGenerator<string> {
  for (const text of texts) yield await Promise.resolve(text);
}

it('openImageStream(list) gives what openImages(list) gives, without length and fingerprint', async () => {
  const texts = ['a.jpg', 'https://example.org/b.jpg', 'a.jpg'];
  const stream = openImageStream(listed(...texts));
  const records = [];
  for await (const record of stream) records.push(record);
  expect(records).toEqual([...openImages(texts)]);
  expect(records[0]!.image.uri).toBe(pathToFileURL(join(process.cwd(), 'a.jpg')).href);
  expect([stream.length, stream.fingerprint]).toEqual([null, null]);
});

describe('a run over a stream', () => {
  const begin = async (folder: string, resume: boolean, images: null | 'listed' = null) =>
    createParquetSink(folder, {
      ...{ form: 'detections', labels, rowsPerShard: 4, resume },
      identity: {
        parts: { model: 'x' },
        images: images && { by: 'time', sha256: 'abc', isThere: () => true, lines: () => [] },
      },
    } as const);

  it('is resumed as itself, and says which ids it has stored', async () => {
    const folder = join(await temporaryFolder(), 'out');
    const first = await begin(folder, false);
    for (let index = 0; index < 6; index++) await first.write(examplePrediction('detections', index));
    expect(first.storedId!(0)).toBeUndefined();
    await first.abort();
    const second = await begin(folder, true);
    expect([0, 3, 5, 6].map((index) => second.storedId!(index))).toEqual([
      ...['image 0.jpg', 'image 3.jpg', 'image 5.jpg'],
      undefined,
    ]);
    for (let index = 6; index < 9; index++) await second.write(examplePrediction('detections', index));
    await second.close();
    const third = await begin(folder, true);
    expect([third.stored, third.storedId!(8)]).toEqual([9, 'image 8.jpg']);
    await third.close();
  });

  it('is another run than one over a list', async () => {
    const folder = join(await temporaryFolder(), 'out');
    await (await begin(folder, false, 'listed')).abort();
    await expect(begin(folder, true)).rejects.toThrow('images told by was time, is ids of a stream');
  });
});
