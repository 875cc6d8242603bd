import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Box2d } from '@qualm/types';
import type { OutputForm, Prediction } from '@qualm/types';
import { createParquetSink, writeParquet } from '@qualm/datasets';
import { examplePrediction, labels } from '../../packages/datasets/test/predictions/example-predictions.ts';
import { pythonEnvironment, runPython } from '../src/python-environment.ts';
import { root } from '../src/repository.ts';

interface Reading {
  readonly arrowTypes: Record<string, string>;
  readonly duckdbTypes: Record<string, string>;
  readonly arrow: unknown[];
  readonly duckdb: unknown[];
}

const names = new Map(labels.map(({ id, name }) => [id, name]));

function asRow({ image_id, image, size, detections, error }: Prediction): unknown {
  const boxOf = ({ xmin, ymin, xmax, ymax }: Box2d): unknown => ({ xmin, ymin, xmax, ymax });
  const elements =
    detections?.form === 'detections'
      ? Array.from(detections, ({ box, score, label_id }) => ({
          box: boxOf(box),
          score,
          label_id,
          label: names.get(label_id) ?? null,
        }))
      : detections &&
        Array.from(detections, ({ box, scores, label_ids }) => ({
          box: boxOf(box),
          scores: [...scores],
          label_ids: [...label_ids],
        }));
  const { width = null, height = null } = size ?? {};
  return { image_id, image: image.uri, width, height, detections: elements, error };
}

describe('pyarrow and DuckDB', () => {
  let python: string;
  const folder = mkdtempSync(join(tmpdir(), 'qualm-readers-'));
  beforeAll(async () => {
    python = await pythonEnvironment(join(root, 'integration/python/requirements.txt'));
  });

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  const read = async (path: string): Promise<Reading> =>
    (await runPython(python, join(root, 'integration/python/read_parquet.py'), [path])) as Reading;

  const box = 'STRUCT(xmin FLOAT, ymin FLOAT, xmax FLOAT, ymax FLOAT)';
  it.each([
    ['detections', `STRUCT(box ${box}, score FLOAT, label_id INTEGER, "label" VARCHAR)[]`],
    ['class_scores', `STRUCT(box ${box}, scores FLOAT[], label_ids INTEGER[])[]`],
  ] as [OutputForm, string][])('read shards of %s as they were written', async (form, type) => {
    const directory = join(folder, form);
    const sink = await createParquetSink(directory, { form, labels, fingerprint: 'f', rowsPerShard: 40 });
    const rows = Array.from({ length: 130 }, (_, index) => examplePrediction(form, index));
    for (const row of rows) await sink.write(row);
    await sink.close();
    const { arrow, duckdb, duckdbTypes, arrowTypes } = await read(directory);
    const wanted = rows.map(asRow);
    expect(duckdb).toEqual(wanted);
    expect(arrow).toEqual(wanted);
    expect(duckdbTypes['detections']).toBe(type);
    expect(duckdbTypes['error']).toBe('STRUCT(code VARCHAR, message VARCHAR)');
    expect(arrowTypes['detections']).toMatch(/^list<element: struct<box: struct<xmin: float not null/);
  });

  it('read flat tables as they were written', async () => {
    const path = join(folder, 'flat.parquet');
    await writeParquet(path, {
      image_id: ['a', null, 'é'],
      id: [1, 2 ** 40, null],
      score: Float32Array.of(0.5, 0.25, 0.125),
      entropy: [0.1, NaN, null],
      box: [new Box2d(0, 1, 2, 3.5), null, new Box2d(0, 0, 0, 0)],
      scores: [[0.5, 0.25], [], null],
      labels: [['a'], null, []],
      ok: [true, false, null],
    });
    const { arrow, duckdb, duckdbTypes } = await read(path);
    expect(arrow).toEqual(duckdb);
    expect(duckdbTypes).toEqual({
      image_id: 'VARCHAR',
      id: 'BIGINT',
      score: 'FLOAT',
      entropy: 'DOUBLE',
      box,
      scores: 'FLOAT[]',
      labels: 'VARCHAR[]',
      ok: 'BOOLEAN',
    });
    expect(duckdb).toEqual([
      {
        image_id: 'a',
        id: 1,
        score: 0.5,
        entropy: 0.1,
        box: { xmin: 0, ymin: 1, xmax: 2, ymax: 3.5 },
        scores: [0.5, 0.25],
        labels: ['a'],
        ok: true,
      },
      { image_id: null, id: 2 ** 40, score: 0.25, entropy: 'NaN', box: null, scores: [], labels: null, ok: false },
      {
        image_id: 'é',
        id: null,
        score: 0.125,
        entropy: null,
        box: { xmin: 0, ymin: 0, xmax: 0, ymax: 0 },
        scores: null,
        labels: [],
        ok: null,
      },
    ]);
  });
});
