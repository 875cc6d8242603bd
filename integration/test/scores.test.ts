import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEmbeddingsSink, createScoresSink } from '@qualm/datasets';
import type { ClassScores, Embedding } from '@qualm/types';
import { examplePrediction, labels } from '../../packages/datasets/test/predictions/example-predictions.ts';
import { pythonEnvironment, runPython } from '../src/python-environment.ts';
import { root } from '../src/repository.ts';

const rows = Array.from({ length: 40 }, (_, index) => examplePrediction('class_scores', index));
const boxes = rows.flatMap(({ index, detections }) =>
  Array.from((detections as ClassScores | null) ?? [], ({ box, scores: [seven, one, three] }) => ({
    image: index,
    box: [box.xmin, box.ymin, box.xmax, box.ymax],
    // The example's scores are of the labels 7, 1, 3.
    scores: [one, three, seven],
  })),
);
const asRows = rows.flatMap(({ index, image_id, image, error }): unknown[] => {
  const shared = { image_id, image: image.uri, error };
  const own = boxes.filter((found) => found.image === index);
  if (own.length === 0) return [{ ...shared, box: null, scores: null }];
  return own.map(({ box: [xmin, ymin, xmax, ymax], scores }) => ({
    ...shared,
    box: { xmin, ymin, xmax, ymax },
    scores,
  }));
});

/** An array of texts as NumPy has it: as wide as the longest. */
function texts(values: readonly string[]): unknown {
  return { dtype: `<U${Math.max(...values.map(({ length }) => length))}`, values };
}

describe('files of class scores', () => {
  let python: string;
  const folder = mkdtempSync(join(tmpdir(), 'qualm-scores-'));
  beforeAll(async () => {
    python = await pythonEnvironment(join(root, 'integration/python/requirements.txt'));
  });

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  const written = async (name: string): Promise<unknown> => {
    const path = join(folder, name);
    const sink = createScoresSink(path, { labels });
    for (const row of rows) await sink.write(row);
    await sink.close();
    return runPython(python, join(root, 'integration/python/read_scores.py'), [path]);
  };

  it('numpy.load reads .npz', async () => {
    expect(await written('scores.npz')).toEqual({
      scores: { dtype: 'float32', values: boxes.map(({ scores }) => scores) },
      boxes: { dtype: 'float32', values: boxes.map(({ box }) => box) },
      image_index: { dtype: 'int64', values: boxes.map(({ image }) => image) },
      image_ids: texts(rows.map(({ image_id }) => String(image_id))),
      images: texts(rows.map(({ image }) => image.uri ?? '')),
      errors: texts(rows.map(({ error }) => (error ? `${error.code}: ${error.message}` : ''))),
      labels: texts(labels.map(({ name }) => name)),
      label_ids: { dtype: 'int64', values: labels.map(({ id }) => id) },
    });
  });

  it('pyarrow and DuckDB read .parquet, pyarrow reads .arrow', async () => {
    expect(await written('scores.parquet')).toMatchObject({ rows: asRows, duckdb: asRows });
    expect(await written('scores.arrow')).toMatchObject({
      rows: asRows,
      types: { scores: 'fixed_size_list<element: float not null>[3]' },
    });
  });

  it('and they read files of vectors', async () => {
    const vectors = rows.map(({ detections: _, index, error, ...row }): Embedding => ({
      ...{ ...row, index, error },
      embedding: error ? null : Float32Array.of(index, index / 8),
    }));
    const read = async (name: string): Promise<unknown> => {
      const sink = createEmbeddingsSink(join(folder, name), { dimensions: 2 });
      for (const row of vectors) await sink.write(row);
      await sink.close();
      return runPython(python, join(root, 'integration/python/read_scores.py'), [join(folder, name)]);
    };
    const asRows = vectors.map(({ image_id, image, embedding, error }) => {
      return { image_id, image: image.uri, embedding: embedding && [...embedding], error };
    });
    expect(await read('vectors.parquet')).toMatchObject({ rows: asRows, duckdb: asRows });
    const types = { embedding: 'fixed_size_list<element: float not null>[2]' };
    expect(await read('vectors.arrow')).toMatchObject({ rows: asRows, types });
    const { embeddings } = (await read('vectors.npz')) as Record<string, { dtype: string; values: unknown }>;
    expect(embeddings!.dtype).toBe('float32');
    // NaN in the place of a vector that is not there.
    expect(embeddings!.values).toEqual(asRows.map(({ embedding }) => embedding ?? [null, null]));
  });
});
