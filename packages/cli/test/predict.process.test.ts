import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readParquet, readPredictions } from '@qualm/datasets';
import type { ClassScores } from '@qualm/types';
import { describe, expect, it } from 'vitest';
import { lines, runCli, spawnCli } from './run-cli.ts';
import { inputs, toyProject } from './toy-run.ts';

describe('qualm predict', () => {
  it('writes Parquet shards of --shard-rows images', async () => {
    const folder = await toyProject();
    const { code, stdout, stderr } = await spawnCli(
      ['predict', ...inputs, '--out', 'predictions', '--shard-rows', '2'],
      { cwd: folder },
    );
    expect({ code, stdout, stderr }).toMatchObject({ code: 0, stdout: '' });
    expect(stderr).toMatch(/3 images in [\d.]+ s, 12 boxes, 0 failed/);
    expect((await readdir(join(folder, 'predictions'))).sort()).toEqual([
      '_qualm.images.jsonl',
      '_qualm.json',
      'part-00000.parquet',
      'part-00001.parquet',
    ]);
    const { columns, form, length } = await readPredictions(join(folder, 'predictions'));
    expect({ form, length, ids: [...columns.image_id] }).toEqual({
      form: 'class_scores',
      length: 3,
      ids: ['a.jpg', 'b.jpg', 'c.jpg'],
    });
  });

  it('--out - gives a line of NDJSON for each image, and nothing else', async () => {
    const folder = await toyProject();
    const { code, stdout } = await spawnCli(['predict', ...inputs, '--form', 'detections', '--out', '-'], {
      cwd: folder,
    });
    expect(code).toBe(0);
    const rows = lines(stdout);
    expect(rows.map(({ image_id, width, error }) => ({ image_id, width, error }))).toEqual(
      ['a.jpg', 'b.jpg', 'c.jpg'].map((image_id) => ({ image_id, width: 64, error: null })),
    );
    const boxes = rows[0]!['detections'] as { label: string; score: number; box: object }[];
    expect(boxes).toHaveLength(4);
    expect(boxes[0]).toMatchObject({ label: 'red', box: { xmin: 0, ymin: 0, xmax: 32, ymax: 24 } });
  });

  it('NDJSON and Parquet say the same', async () => {
    const folder = await toyProject();
    await runCli(['predict', ...inputs, '--out', 'predictions'], { cwd: folder });
    const { stdout } = await runCli(['predict', ...inputs, '--out', '-'], { cwd: folder });
    const { columns } = await readPredictions(join(folder, 'predictions'));
    const scores = lines(stdout).map(({ detections }) =>
      (detections as { scores: number[] }[]).map((box) => box.scores.map(Math.fround)),
    );
    expect([...columns.detections].map((boxes) => [...(boxes as ClassScores)].map((box) => [...box.scores]))).toEqual(
      scores,
    );
  });

  it('--scores writes one file of class scores, and not over one that is there', async () => {
    const folder = await toyProject();
    const args = ['predict', ...inputs, '--scores', 'scores.parquet'];
    const { code, stderr } = await runCli(args, { cwd: folder });
    expect({ code, stderr }).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/3 images in [\d.]+ s, 12 boxes/),
    });
    const { columns, length } = await readParquet(join(folder, 'scores.parquet'));
    expect({ length, first: columns['image_id']!.at(0) }).toEqual({ length: 12, first: 'a.jpg' });
    expect(Array.from(columns['scores']!.at(0) as Float32Array)).toHaveLength(3);
    expect(await runCli(args, { cwd: folder })).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/is there already/),
    });
  });

  it('--graph-cache keeps the optimised graph in its folder, and finds the same with it', async () => {
    const folder = await toyProject();
    const args = ['predict', ...inputs, '--out', '-', '--device', 'cpu', '--graph-cache', 'graphs'];
    const first = await runCli(args, { cwd: folder });
    const kept = await readdir(join(folder, 'graphs'));
    expect(
      kept.filter((name) => name.endsWith('.onnx')),
      first.stderr,
    ).toHaveLength(1);
    expect(lines((await runCli(args, { cwd: folder })).stdout)).toEqual(lines(first.stdout));
    expect(await readdir(join(folder, 'graphs'))).toEqual(kept);
  });

  it('--batch-size of another number than the model fixes is refused', async () => {
    const folder = await toyProject();
    const predict = [...inputs, '--out', '-', '--batch-size'];
    const { code, stderr } = await runCli(['predict', ...predict, '2'], { cwd: folder });
    expect(code).toBe(2);
    expect(stderr).toContain('--batch-size is 2; quarters takes 1 a run, no other number');
    expect(lines((await runCli(['predict', ...predict, '1'], { cwd: folder })).stdout)).toHaveLength(3);
    const intoFolder = await runCli(['predict', ...inputs, '--out', 'found', '--batch-size', '2'], { cwd: folder });
    expect(intoFolder.code).toBe(2);
    expect(await readdir(folder)).not.toContain('found');
  });

  it('--images takes files, and paths on stdin', async () => {
    const folder = await toyProject();
    const model = ['--model', 'model/quarters.json', '--out', '-'];
    const files = await runCli(['predict', '--images', 'photos/c.jpg', 'photos/a.jpg', ...model], { cwd: folder });
    const listed = await spawnCli(['predict', '--images', '-', ...model], {
      cwd: folder,
      stdin: 'photos/c.jpg\r\n\nphotos/a.jpg',
    });
    const ids = ['c.jpg', 'a.jpg'].map((name) => join(folder, 'photos', name));
    expect(lines(files.stdout).map(({ image_id }) => image_id)).toEqual(ids);
    expect(listed.stdout).toBe(files.stdout);
  });

  it('--min-score leaves boxes out of detections', async () => {
    const folder = await toyProject();
    const run = ['predict', ...inputs, '--form', 'detections', '--out', '-', '--min-score', '0.6'];
    const { stdout } = await runCli(run, { cwd: folder });
    expect(lines(stdout).map(({ detections }) => (detections as unknown[]).length)).toEqual([4, 4, 0]);
  });

  it('--json gives one result with its counts; with --out - it is refused', async () => {
    const folder = await toyProject();
    const { stdout } = await runCli(['predict', ...inputs, '--out', 'predictions', '--json'], { cwd: folder });
    expect(lines(stdout).filter(({ type }) => type === 'result')).toEqual([
      expect.objectContaining({ done: 3, failed: 0, skipped: 0, boxes: 12, out: join(folder, 'predictions') }),
    ]);
    expect(await runCli(['predict', ...inputs, '--out', '-', '--json'], { cwd: folder })).toMatchObject({ code: 2 });
  });

  it('--dry-run writes nothing', async () => {
    const folder = await toyProject();
    const { code } = await runCli(['predict', ...inputs, '--out', 'predictions', '--dry-run'], { cwd: folder });
    expect(code).toBe(0);
    expect((await readdir(folder)).sort()).toEqual(['model', 'photos']);
  });
});
