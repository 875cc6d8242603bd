import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { encodeOnnxModel } from '@qualm/testkit';
import { lines, runCli, spawnCli } from './run-cli.ts';
import { toyProject } from './toy-run.ts';

describe('qualm models', () => {
  it('ls lists the specs of a folder, and says what it passes over', async () => {
    const folder = await toyProject();
    await writeFile(join(folder, 'model/package.json'), '{}');
    const { code, stdout, stderr } = await runCli(['models', 'ls', 'model'], { cwd: folder });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^quarters +onnx +ssd +32x32 +3 classes +Apache-2\.0 .*quarters\.json\n$/);
    expect(stderr).toMatch(/^passed over: .*package\.json.*\n$/);
    const json = await spawnCli(['models', 'ls', '.', '--json'], { cwd: join(folder, 'model') });
    expect(JSON.parse(json.stdout)).toEqual([
      {
        spec: join(folder, 'model/quarters.json'),
        name: 'quarters',
        flavor: 'onnx',
        head: 'ssd',
        input: '32x32',
        classes: 3,
        license: 'Apache-2.0',
      },
    ]);
  });

  it('draft writes a spec that runs, with a picture of what each reading finds', async () => {
    const folder = await toyProject();
    const { code, stdout, stderr } = await runCli(['models', 'draft', 'model/quarters.onnx', 'photos'], {
      cwd: folder,
    });
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(stdout).toContain('known    input "x" is float32 [1,3,32,32], so nchw\n');
    expect(stdout).toMatch(/guessed  3 classes without names/);
    expect(stdout).toContain("guessed  Pillow's bilinear filter; opencv-linear, bicubic and others are not tried\n");
    expect(stdout).toMatch(/^1\. [\d.]+ \(\d+ photographs?, agreement [\d.]+, sharpness [\d.]+\): .*head two-outputs/m);
    expect((await readdir(join(folder, 'model'))).sort()).toEqual([
      '.qualm-files.ndjson',
      ...['quarters.json', 'quarters.onnx', 'quarters.spec.draft.jpg', 'quarters.spec.json'],
    ]);
    const run = await runCli(
      ['predict', '--images', 'photos', '--model', 'model/quarters.spec.json', '--out', '-', '--min-score', '0'],
      { cwd: folder },
    );
    expect(run.code).toBe(0);
    expect(lines(run.stdout)[0]!['detections']).toHaveLength(4);
  });

  it('draft leaves out photographs that cannot be read, and says so', async () => {
    const folder = await toyProject();
    await writeFile(join(folder, 'photos/0.jpg'), 'not a photograph');
    const draft = ['models', 'draft', 'model/quarters.onnx'];
    const { code, stdout } = await runCli([...draft, 'photos'], { cwd: folder });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^left out decode: ".*0\.jpg" starts with "not a photog"; expected a JPEG/m);
    expect(stdout).toMatch(/^wrote .*quarters\.spec\.draft\.jpg$/m);
    const none = await runCli([...draft, 'photos/0.jpg', '--out', 'model/none.json'], { cwd: folder });
    expect(none.code).toBe(1);
    expect(none.stderr).toContain('models draft: none of 1 image can be read, the first because of decode: "');
  });

  it('draft reads a model in float16', async () => {
    const folder = await toyProject();
    const model = encodeOnnxModel({
      ...{ name: 'half', opset: 17, initializers: [] },
      inputs: [{ name: 'x', dtype: 'float16', shape: [1, 3, 32, 32] }],
      outputs: [{ name: 'y', dtype: 'float16', shape: [1, 3, 1, 1] }],
      nodes: [{ op: 'GlobalAveragePool', inputs: ['x'], outputs: ['y'] }],
    });
    await writeFile(join(folder, 'half.onnx'), model);
    for (const photos of [[], ['photos']]) {
      const { code, stdout } = await runCli(['models', 'draft', 'half.onnx', ...photos], { cwd: folder });
      expect(code).toBe(0);
      expect(stdout).toMatch(/^known +input "x" is float16 \[1,3,32,32\], so nchw\n[^]*head classifier/);
    }
  });

  it('draft says which head of --head recognises nothing that can be read', async () => {
    const folder = await toyProject();
    const head =
      "{ type: 'mine', schema: { type: 'object', properties: {} }, defaults: {}, createReader() {}, recognise";
    await writeFile(
      join(folder, 'mine.mjs'),
      `export const thrown = ${head}() { throw new TypeError('oops'); } };\nexport const number = ${head}() { return 5; } };\n` +
        `export const empty = ${head}() { return [{}]; } };\nexport const text = ${head}: 'yes' };\n`,
    );
    const told = async (name: string): Promise<string> =>
      (await runCli(['models', 'draft', 'model/quarters.onnx', '--head', `./mine.mjs#${name}`], { cwd: folder }))
        .stderr;
    const wanted = (name: string): string => `models draft: recognise of head "mine" (./mine.mjs#${name})`;
    expect(await told('thrown')).toContain(`${wanted('thrown')} threw TypeError: oops`);
    for (const name of ['number', 'empty'])
      expect(await told(name)).toMatch(/mjs#\w+\) gave .*; expected a list of \{ head, numLabels \}/);
    expect(await told('text')).toContain(`${wanted('text')} is "yes"; expected a function`);
  });

  it('draft says what outputs look like that no head reads', async () => {
    const folder = await toyProject();
    const model = encodeOnnxModel({
      ...{ name: 'odd', opset: 17, initializers: [] },
      inputs: [{ name: 'x', dtype: 'float32', shape: [1, 3, 32, 32] }],
      outputs: [{ name: 'y', dtype: 'float32', shape: [1, 3, 32, 32] }],
      nodes: [{ op: 'Identity', inputs: ['x'], outputs: ['y'] }],
    });
    await writeFile(join(folder, 'odd.onnx'), model);
    const { code, stderr } = await runCli(['models', 'draft', 'odd.onnx'], { cwd: folder });
    expect(code).toBe(1);
    expect(stderr).toContain('odd.onnx": no head reads such outputs: "y" float32 [1,3,32,32]');
  });

  it.each([
    ['model', /"[^"]*model" is a folder; give a model of "[^"]*model": quarters\.onnx\n$/],
    ['photos', /"[^"]*photos" is a folder; give an \.onnx file, or the model\.json of TF\.js\n$/],
    ['saved', /"[^"]*saved" is a TensorFlow SavedModel; convert it to TensorFlow\.js/],
    ['model/best.onnx', /"[^"]*best\.onnx" is not there; give a model of "[^"]*model": quarters\.onnx\n$/],
    ['nowhere/model.json', /"[^"]*model\.json" is not there; give an \.onnx file, or the model\.json of TF\.js\n$/],
    ['photos/a.jpg', /"[^"]*a\.jpg" is neither an \.onnx file nor a TF\.js model\.json/],
  ])('draft of %s says what it is, and what to give', async (file, message) => {
    const folder = await toyProject();
    await mkdir(join(folder, 'saved'));
    await writeFile(join(folder, 'saved/saved_model.pb'), '');
    const { code, stderr } = await runCli(['models', 'draft', file], { cwd: folder });
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(message) as string });
  });

  it('show loads a model and prints its tensors and classes', async () => {
    const folder = await toyProject();
    const { code, stdout, stderr } = await runCli(['models', 'show', 'model/quarters.json'], { cwd: folder });
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(stdout).toContain('input    x: float32 [1, 3, 32, 32]\n');
    expect(stdout).toContain('output   scores: float32 [1, 4, 3]\noutput   boxes: float32 [1, 4, 4]\n');
    expect(stdout).toContain('head     ssd, 3 classes: red, green, blue\n');
    const json = await runCli(['models', 'show', 'model/quarters.json', '--json'], { cwd: folder });
    expect(json).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(json.stdout)).toMatchObject({ spec: { name: 'quarters' }, inputs: [{ name: 'x' }] });
  });

  it('a folder or spec that is not there fails with its name', async () => {
    for (const args of [
      ['models', 'ls', 'nowhere'],
      ['models', 'ls', fileURLToPath(import.meta.url)],
      ['models', 'show', 'nowhere/spec.json'],
    ]) {
      const { code, stdout, stderr } = await runCli(args);
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toMatch(/^qualm: .*(nowhere|models\.process).*check the path\n$/);
    }
  });
});
