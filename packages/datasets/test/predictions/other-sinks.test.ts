import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { createMemorySink } from '../../src/predictions/create-memory-sink.ts';
import { createNdjsonSink } from '../../src/predictions/create-ndjson-sink.ts';
import { examplePrediction, labels } from './example-predictions.ts';

it('createMemorySink keeps rows in order', async () => {
  const sink = createMemorySink();
  const rows = [0, 1].map((index) => examplePrediction('detections', index));
  for (const row of rows) await sink.write(row);
  await sink.close();
  expect([sink.rows, sink.stored]).toEqual([rows, 2]);
});

it('createNdjsonSink writes one object per line', async () => {
  const lines: string[] = [];
  const sink = createNdjsonSink((line) => void lines.push(line), { labels });
  await sink.write(examplePrediction('detections', 1));
  await sink.write(examplePrediction('detections', 7));
  await sink.write(examplePrediction('class_scores', 11));
  expect(lines.every((line) => line.endsWith('\n') && line.indexOf('\n') === line.length - 1)).toBe(true);
  const [first, broken, vector] = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(first).toEqual({
    image_id: 'image 1.jpg',
    image: 'file:///images/a%201.jpg',
    width: 641,
    height: 480,
    detections: [
      {
        box: { xmin: 0.125, ymin: 10.225, xmax: 20.325, ymax: 30.425 },
        score: 0.5,
        label_id: 3,
        label: labels[1]!.name,
      },
    ],
    error: null,
  });
  expect(broken).toMatchObject({ detections: null, width: null, error: { code: 'image-invalid' } });
  expect(vector!['detections']).toMatchObject([
    {
      scores: [0.083333336, 0.07692308, 0.071428575],
      label_ids: [7, 1, 3],
      labels: ['train', 'person', labels[1]!.name],
    },
  ]);
});

it('createNdjsonSink(stream) waits for the stream and reports its failure', async () => {
  const stream = new PassThrough({ highWaterMark: 10 });
  const sink = createNdjsonSink(stream);
  let done = false;
  const writing = sink.write(examplePrediction('detections', 2)).then(() => (done = true));
  await new Promise(setImmediate);
  expect(done).toBe(false);
  stream.resume();
  await writing;
  stream.destroy(new Error('pipe closed'));
  await new Promise(setImmediate);
  await expect(sink.write(examplePrediction('detections', 2))).rejects.toMatchObject({ code: 'io' });
});
