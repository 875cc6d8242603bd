import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tableFromIPC } from '@uwdata/flechette';
import { expect, it } from 'vitest';
import { Box2d } from '@qualm/types';
import type { ClassScores, Prediction, PredictionSink } from '@qualm/types';
import { createScoresSink } from '../../src/scores/create-scores-sink.ts';
import { readParquet } from '../../src/tables/read-parquet.ts';
import { examplePrediction, labels } from '../predictions/example-predictions.ts';
import { temporaryFolder } from '../temporary-folder.ts';

/** Scores come sorted by score, labels 7, 1, 3; the matrix has them as 1, 3, 7. */
const inLabelOrder = ([seven, one, three]: readonly number[]): number[] => [one!, three!, seven!];

const rows = Array.from({ length: 14 }, (_, index) => examplePrediction('class_scores', index));

/** What a file with a row for each box should hold. */
const wanted = rows.flatMap(({ image_id, image, detections, error }): unknown[] => {
  const shared = { image_id, image: image.uri, error };
  if (!detections?.length) return [{ ...shared, box: null, scores: null }];
  return Array.from(detections as ClassScores, ({ box, scores }) => ({
    ...shared,
    box: { xmin: box.xmin, ymin: box.ymin, xmax: box.xmax, ymax: box.ymax },
    scores: inLabelOrder([...scores]),
  }));
});

/** As readers of float32 see it: ours gives the shortest decimals of single numbers. */
function asPlain(value: unknown): unknown {
  if (value instanceof Float32Array) return Array.from(value);
  if (!(value instanceof Box2d)) return value;
  const { xmin, ymin, xmax, ymax } = value;
  return { xmin: Math.fround(xmin), ymin: Math.fround(ymin), xmax: Math.fround(xmax), ymax: Math.fround(ymax) };
}

async function write(sink: PredictionSink, predictions: readonly Prediction[] = rows): Promise<void> {
  for (const row of predictions) await sink.write(row);
  await sink.close();
}

it('createScoresSink(.parquet) writes a row for each box, scores in the order of the labels', async () => {
  const path = join(await temporaryFolder(), 'scores.parquet');
  await write(createScoresSink(path, { labels }));
  const { columns, length } = await readParquet(path);
  const read = Array.from({ length }, (_, row) =>
    Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, asPlain(column.at(row))])),
  );
  expect(read).toEqual(wanted);
});

it('createScoresSink(.arrow) writes the same rows', async () => {
  const path = join(await temporaryFolder(), 'scores.arrow');
  await write(createScoresSink(path, { labels }));
  const table = tableFromIPC(await readFile(path));
  const read = table
    .toArray()
    .map((row) => ({ ...row, scores: row['scores'] && Array.from(row['scores'] as number[]) }));
  expect(read).toEqual(wanted);
  expect(table.schema.metadata?.get('qualm.labels')).toBe(JSON.stringify(labels));
});

it('createScoresSink leaves one file, and the same bytes for the same predictions', async () => {
  const folder = await temporaryFolder();
  for (const ending of ['npz', 'parquet', 'arrow']) {
    for (const name of ['a', 'b']) await write(createScoresSink(join(folder, `${name}.${ending}`), { labels }));
    const [a, b] = await Promise.all(['a', 'b'].map((name) => readFile(join(folder, `${name}.${ending}`))));
    expect(a!.equals(b!)).toBe(true);
  }
  expect((await readdir(folder)).toSorted()).toEqual([
    'a.arrow',
    'a.npz',
    'a.parquet',
    'b.arrow',
    'b.npz',
    'b.parquet',
  ]);
});

it('createScoresSink writes a file for no images', async () => {
  const folder = await temporaryFolder();
  for (const ending of ['npz', 'parquet', 'arrow'])
    await write(createScoresSink(join(folder, `a.${ending}`), { labels }), []);
  expect((await readParquet(join(folder, 'a.parquet'))).length).toBe(0);
});

it('createScoresSink refuses predictions without a score for each label, and leaves nothing', async () => {
  const folder = await temporaryFolder();
  const sink = createScoresSink(join(folder, 'a.npz'), { labels });
  await expect(sink.write(examplePrediction('detections', 1))).rejects.toMatchObject({ code: 'shape-mismatch' });
  await expect(sink.write(examplePrediction('class_scores', 1, 2))).rejects.toThrow(
    'has 2 scores a box, expected 3, one for each label',
  );
  const others = createScoresSink(join(folder, 'b.npz'), { labels: [1, 2, 3].map((id) => ({ id, name: String(id) })) });
  await expect(others.write(examplePrediction('class_scores', 1))).rejects.toThrow('has a score of label 7');
  await sink.abort();
  expect(await readdir(folder)).toEqual([]);
});

it('createScoresSink keeps the file that was there when it is aborted', async () => {
  const path = join(await temporaryFolder(), 'a.parquet');
  await writeFile(path, 'mine');
  const sink = createScoresSink(path, { labels });
  await sink.write(rows[1]!);
  await sink.abort();
  expect(await readFile(path, 'utf8')).toBe('mine');
});

it('createScoresSink names the endings that it knows', () => {
  expect(() => createScoresSink('scores.csv', { labels })).toThrow('.npz, .parquet, .arrow');
});

it.each(['npz', 'parquet', 'arrow'])(
  'createScoresSink(.%s) refuses a folder that is missing at the first row',
  async (ending) => {
    const folder = await temporaryFolder();
    const sink = createScoresSink(join(folder, 'missing', `scores.${ending}`), { labels });
    await expect(sink.write(rows[0]!)).rejects.toThrow(/^write: ".*missing.*" failed \(ENOENT/);
    await sink.abort();
    expect(await readdir(folder)).toEqual([]);
  },
);

it.each(['npz', 'parquet', 'arrow'])(
  'createScoresSink(.%s) leaves nothing behind when it is aborted',
  async (ending) => {
    const folder = await temporaryFolder();
    const sink = createScoresSink(join(folder, `scores.${ending}`), { labels });
    await sink.write(rows[0]!);
    await sink.abort();
    expect(await readdir(folder)).toEqual([]);
  },
);

it.each(['npz', 'parquet', 'arrow'])(
  'createScoresSink(.%s) stores ids as the first one says, and refuses a text among numbers',
  async (ending) => {
    const path = join(await temporaryFolder(), `a.${ending}`);
    const ids = (...values: (string | number)[]): Prediction[] => values.map((image_id) => ({ ...rows[1]!, image_id }));
    await write(createScoresSink(path, { labels }), ids('a', 2));
    const sink = createScoresSink(path, { labels });
    await expect(write(sink, ids(1, 'b'))).rejects.toMatchObject({ code: 'dataset-invalid' });
    await sink.abort();
  },
);
