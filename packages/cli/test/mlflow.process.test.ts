import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeOnnxModel } from '@qualm/testkit';
import type { ProcessOutcome } from '@qualm/testkit';
import { describe, expect, it } from 'vitest';
import { lines, runCli, spawnCli } from './run-cli.ts';
import { toySpec } from './toy-model.ts';
import { toyProject } from './toy-run.ts';

/** A toy project, and how commands are run in it: with a cache of its own. */
async function project(): Promise<{ folder: string; qualm: (...args: string[]) => Promise<ProcessOutcome> }> {
  const folder = await toyProject();
  const env = { QUALM_CACHE: join(folder, 'cache') };
  return { folder, qualm: (...args) => runCli(args, { cwd: folder, env }) };
}

const spec = 'model/quarters.json';

describe('qualm models, with MLflow in a folder', () => {
  it('log takes the files along that the model names as those of its weights, and no others', async () => {
    const { folder, qualm } = await project();
    const model = encodeOnnxModel({
      ...{ name: 'mean', opset: 17 },
      inputs: [{ name: 'x', dtype: 'float32', shape: [1, 3, 8, 8] }],
      outputs: [{ name: 'y', dtype: 'float32', shape: [1, 3, 1, 1] }],
      initializers: [{ name: 'w', dtype: 'float32', shape: [1, 3, 1, 1], external: { location: 'parts/w.bin' } }],
      nodes: [
        { op: 'GlobalAveragePool', inputs: ['x'], outputs: ['means'] },
        { op: 'Mul', inputs: ['means', 'w'], outputs: ['y'] },
      ],
    });
    await mkdir(join(folder, 'model/parts'));
    await writeFile(join(folder, 'model/mean.onnx'), model);
    await writeFile(join(folder, 'model/parts/w.bin'), new Uint8Array(Float32Array.of(1, 1, 1).buffer));
    await writeFile(join(folder, 'model/mean.onnx.data'), 'of an earlier export');
    const head = { type: 'classifier', outputs: { scores: 'y' }, activation: 'softmax' };
    const input = { ...toySpec.input, size: { width: 8, height: 8 } };
    const about = { ...toySpec, name: 'mean', files: { model: 'mean.onnx' }, input, head };
    await writeFile(join(folder, 'model/mean.json'), JSON.stringify(about));
    const logged = await qualm('models', 'log', 'model/mean.json', '--name', 'mean');
    expect(logged.code, logged.stderr).toBe(0);
    expect((await qualm('models', 'pull', 'mlflow:/mean', '--out', 'pulled')).code).toBe(0);
    const files = await readdir(join(folder, 'pulled'), { recursive: true });
    expect(files).toEqual(expect.arrayContaining(['mean.onnx', join('parts', 'w.bin')]));
    expect(files).not.toContain('mean.onnx.data');
    const shown = await qualm('models', 'show', 'pulled/qualm.json');
    expect(shown.code, shown.stderr).toBe(0);
  });

  it('log registers what select, predict, ls, show, alias, pull and rm then know by its URI', async () => {
    const { folder, qualm } = await project();
    const more = ['--alias', 'champion', 'prod', '--tag', 'team=vision', 'site=a=b', '--param', 'epochs=3'];
    const logged = await qualm('models', 'log', spec, '--name', 'quarters', ...more, '--description', 'a toy');
    expect(logged).toMatchObject({ code: 0, stdout: 'mlflow:/quarters/1\n' });
    expect(logged.stderr).toMatch(/logged as models:\/m-[0-9a-f]{32}, registered\n$/);
    expect(await readdir(folder)).toContain('qualm-models');

    const listed = await qualm('models', 'ls');
    expect(listed.stdout).toMatch(
      /^quarters +1 +onnx +ssd +champion=1,prod=1 +\d{4}-\d\d-\d\d \d\d:\d\d +array<struct<box:box2d, scores:/,
    );

    const shown = await qualm('models', 'show', 'mlflow:/quarters');
    expect(shown).toMatchObject({ code: 0, stderr: '' });
    for (const line of [
      'mlflow:/quarters/1: a toy\n',
      'aliases    champion, prod\n',
      'flavors    onnx, python_function\n',
      'takes      x: float32 [1, 3, 32, 32]\n',
      'spec       qualm.json: onnx, ssd, class_scores\n',
      'classes    3: red, green, blue\n',
      'tag        team = vision\n',
      'tag        site = a=b\n',
      'param      epochs = 3\n',
    ])
      expect(shown.stdout).toContain(line);

    const images = ['--images', 'photos'];
    const model = ['--model', 'mlflow:/quarters@champion'];
    const selected = await qualm('select', ...images, ...model, '--out', 'by-uri');
    expect(selected.code).toBe(0);
    expect(selected.stderr).toContain('mlflow:/quarters@champion is mlflow:/quarters/1 of file://');
    await qualm('select', ...images, '--model', spec, '--out', 'by-file');
    const csv = (out: string): Promise<string> => readFile(join(folder, out, 'detections.csv'), 'utf8');
    expect(await csv('by-uri')).toBe(await csv('by-file'));

    expect(await qualm('models', 'alias', 'mlflow:/quarters/1', 'shadow')).toMatchObject({ code: 0, stdout: '' });
    expect(await qualm('models', 'alias', 'mlflow:/quarters', 'prod', '--delete')).toMatchObject({ code: 0 });
    const versions = await qualm('models', 'ls', 'mlflow:/quarters', '--json');
    expect(JSON.parse(versions.stdout)).toMatchObject([{ version: 1, aliases: ['champion', 'shadow'], type: 'ssd' }]);

    const pulled = await qualm('models', 'pull', 'mlflow:/quarters', '--out', 'pulled');
    expect(pulled).toMatchObject({ code: 0, stdout: `${join(folder, 'pulled')}\n` });
    await rm(join(folder, 'qualm-models'), { recursive: true });
    const offline = await qualm('predict', ...images, '--model', 'pulled/qualm.json', '--out', '-');
    expect(lines(offline.stdout)).toHaveLength(3);
  });

  it('log stores what a preset and a file of labels stand for', async () => {
    const { folder, qualm } = await project();
    const quarters = JSON.parse(await readFile(join(folder, spec), 'utf8')) as { input: object };
    const input = { ...quarters.input, preset: 'ultralytics' };
    await writeFile(join(folder, 'model/named.json'), JSON.stringify({ ...quarters, input, labels: 'data.yaml' }));
    await writeFile(join(folder, 'model/data.yaml'), 'names: [crimson, lime, navy]\n');
    expect(await qualm('models', 'log', 'model/named.json', '--name', 'named')).toMatchObject({ code: 0 });
    await rm(join(folder, 'model'), { recursive: true });
    expect(await qualm('models', 'pull', 'mlflow:/named', '--out', 'pulled')).toMatchObject({ code: 0 });
    const stored = JSON.parse(await readFile(join(folder, 'pulled/qualm.json'), 'utf8')) as typeof quarters;
    expect(stored).toMatchObject({ labels: [{ id: 0, name: 'crimson' }, { name: 'lime' }, { id: 2, name: 'navy' }] });
    expect(stored.input).toMatchObject({ ...quarters.input, filter: 'opencv-linear' });
    expect(stored.input).not.toHaveProperty('preset');
  });

  it('rm takes a version, or a name with --all, and nothing by mistake', async () => {
    const { qualm } = await project();
    for (const alias of ['a', 'b']) await qualm('models', 'log', spec, '--name', 'quarters', '--alias', alias);
    const mistaken = await qualm('models', 'rm', 'mlflow:/quarters');
    expect(mistaken).toMatchObject({ code: 2 });
    expect(mistaken.stderr).toContain('say --all, or name one: mlflow:/quarters/2');
    expect(await qualm('models', 'rm', 'mlflow:/quarters/2', '--all')).toMatchObject({ code: 2 });
    expect(await qualm('models', 'rm', 'mlflow:/quarters/2')).toMatchObject({ code: 0 });
    expect((await qualm('models', 'ls', 'mlflow:/quarters')).stdout).toMatch(/^quarters +1 .*\n$/);
    expect(await qualm('models', 'rm', 'mlflow:/quarters@a')).toMatchObject({ code: 0 });
    expect(await qualm('models', 'rm', 'mlflow:/quarters', '--all')).toMatchObject({ code: 0 });
    const none = await qualm('models', 'ls');
    expect(none).toMatchObject({ code: 0, stdout: '' });
    expect(none.stderr).toContain('nothing is registered');
  });

  it('a form that was registered is what predict gives, unless --form says otherwise', async () => {
    const { qualm } = await project();
    await qualm('models', 'log', spec, '--name', 'boxes', '--form', 'detections');
    const run = ['predict', '--images', 'photos', '--model', 'mlflow:/boxes', '--out', '-'];
    const first = async (...more: string[]): Promise<object> =>
      (lines((await qualm(...run, ...more)).stdout)[0]!['detections'] as object[])[0]!;
    expect(await first()).toHaveProperty('score');
    expect(await first('--form', 'class_scores')).toHaveProperty('scores');
  });

  it('a model with no spec runs with --spec', async () => {
    const { folder, qualm } = await project();
    await qualm('models', 'log', spec, '--name', 'bare');
    const { stdout } = await qualm('models', 'pull', 'mlflow:/bare');
    await rm(join(stdout.trim(), 'qualm.json'));
    const run = ['predict', '--images', 'photos', '--model', 'mlflow:/bare', '--out', '-'];
    const without = await qualm(...run);
    expect(without).toMatchObject({ code: 1, stdout: '' });
    expect(without.stderr).toContain('no qualm.json, no tag qualm.spec and no metadata.qualm');
    expect(lines((await qualm(...run, '--spec', spec)).stdout)).toHaveLength(3);
    expect((await qualm('models', 'show', 'mlflow:/bare')).stdout).toContain('cannot run it has no qualm.json');
    await writeFile(join(folder, 'bad.json'), '{');
    const broken = await qualm(...run, '--spec', 'bad.json');
    expect(broken).toMatchObject({ code: 1, stderr: expect.stringContaining('bad.json" is not valid JSON') as string });
  });

  it('settings may name the model and the registry', async () => {
    const { folder, qualm } = await project();
    await qualm('models', 'log', spec, '--name', 'quarters', '--tracking-uri', 'elsewhere');
    await writeFile(join(folder, 'qualm.config.yaml'), 'model: mlflow:/quarters\ntracking-uri: elsewhere\n');
    const env = { QUALM_CACHE: join(folder, 'cache'), HOME: folder };
    const { stdout } = await runCli(['predict', '--images', '../photos', '--out', '-'], {
      cwd: join(folder, 'model'),
      env,
    });
    expect(lines(stdout)).toHaveLength(3);
    const other = await runCli(['models', 'ls'], { cwd: folder, env: { ...env, MLFLOW_TRACKING_URI: 'nowhere' } });
    expect(other.stdout).toBe('');
  });

  it.each([
    [['models', 'show', 'mlflow://quarters'], 1, 'write "mlflow:/quarters"'],
    [['models', 'show', 'mlflow:/nothing'], 1, 'no registered model "nothing"'],
    [['models', 'ls', 'runs:/0/model'], 2, 'has no versions'],
    [['models', 'log', spec, '--alias', 'a'], 2, 'give --name'],
    [['models', 'log', spec, '--tag', 'novalue'], 2, 'expected key=value'],
    [['models', 'log', spec, '--name', 'a/b'], 1, 'the model name "a/b"'],
    [['models', 'ls', '--tracking-uri', 'databricks'], 1, 'Databricks'],
    [['models', 'ls', '--tracking-uri', 'postgresql://ann:secret@host/db'], 1, 'mlflow server --backend-store-uri'],
    [['models', 'pull', 'mlflow:/nothing', '--out', 'photos'], 2, 'holds files already'],
    [
      ['predict', '--images', 'photos', '--out', '-', '--model', spec, '--spec', spec],
      2,
      '--spec is for models in MLflow',
    ],
    [['predict', '--images', 'photos', '--out', '-', '--model', 'mlflow:/a', '--model-root', '.'], 2, '--model-root'],
  ] as const)('%j ends with %i', async (args, code, words) => {
    const { qualm } = await project();
    const outcome = await qualm(...args);
    expect(outcome).toMatchObject({ code, stdout: '' });
    expect(outcome.stderr).toContain(words);
    expect(outcome.stderr).not.toContain('secret');
  });

  it('the variables of MLflow are read by the compiled command', async () => {
    const folder = await toyProject();
    const env = { MLFLOW_TRACKING_URI: 'http://127.0.0.1:9', MLFLOW_HTTP_REQUEST_MAX_RETRIES: '0' };
    const { code, stderr } = await spawnCli(['models', 'ls'], { cwd: folder, env });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^qualm: registry http:\/\/127\.0\.0\.1:9: connect ECONNREFUSED.*\n$/);
  });
});
