import { readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ModelSpec } from '@qualm/types';
import { describe, expect, it } from 'vitest';
import { select } from '../src/index.ts';
import { lines, runCli, spawnCli, temporaryFolder } from './run-cli.ts';
import { writeImages } from './toy-images.ts';
import { toySpec } from './toy-model.ts';

const repository = fileURLToPath(new URL('../../..', import.meta.url));
const size = 8;
const rows = [
  [2, 0, 0],
  [0, 2, 0],
  [0, 0, 2],
];
const spec: ModelSpec = {
  ...toySpec,
  ...{ name: 'mean-colour', flavor: 'linear', files: { model: 'weights.json' } },
  input: { ...toySpec.input, size: { width: size, height: size } },
  head: { type: 'classifier', outputs: { scores: 'logits' }, activation: 'softmax' },
};
const colours = { 'a.jpg': [255, 0, 0], 'b.jpg': [0, 255, 0] } as const;
const linear = ['--backend', './linear.ts#linear'];
const model = ['--model', 'spec.json'];
const predict = ['predict', '--images', 'photos', ...model, '--out', '-'];

/** Two photographs, a model of a flavor that is not ours, and the backend of docs/backends.md. */
async function project(): Promise<string> {
  const folder = await temporaryFolder();
  const page = await readFile(join(repository, 'docs/backends.md'), 'utf8');
  const [code] = page.match(/(?<=^```ts\n)(?:(?!^```).)*export const linear.*?(?=^```$)/ms)!;
  await writeFile(join(folder, 'linear.ts'), code);
  await writeFile(join(folder, 'weights.json'), JSON.stringify({ size, rows }));
  await writeFile(join(folder, 'spec.json'), JSON.stringify(spec));
  await symlink(join(repository, 'node_modules'), join(folder, 'node_modules'));
  await writeImages(join(folder, 'photos'), colours);
  return folder;
}

/** A backend is imported by the built program: TypeScript in its own process, as people have it. */
describe('--backend ./linear.ts#linear', () => {
  it('predict runs a model of its flavor', async () => {
    const folder = await project();
    const { code, stdout, stderr } = await spawnCli([...predict, ...linear], { cwd: folder });
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(stderr).toContain('mean-colour on cpu, 1 at a time');
    const found = lines(stdout).map(({ detections }) => (detections as { scores: number[] }[])[0]!.scores);
    // JPEG moves the colours a little. exp(2) / (exp(2) + 2) of a pure one.
    for (const scores of found) expect(scores[0]).toBeCloseTo(Math.exp(2) / (Math.exp(2) + 2), 1);
    expect(found).toHaveLength(2);
  });

  it('so do select, models show, and sql', async () => {
    const folder = await project();
    const run = (...args: readonly string[]) => runCli([...args, ...linear], { cwd: folder });
    const selected = await run('select', '--images', 'photos', ...model, '--top', '0', '--report-cells', '0');
    expect(selected.code, selected.stderr).toBe(0);
    expect(await readFile(join(folder, 'qualm-out/images.csv'), 'utf8')).toContain('b.jpg');
    const shown = await run('models', 'show', 'spec.json');
    expect(shown.stdout).toContain('output   logits: float32 [1, 3]');
    const query =
      "SELECT found.label FROM (SELECT unnest(ML_PREDICT(m, image)) AS found FROM read_images('photos')) ORDER BY 1";
    const asked = await run('sql', '--model', 'm=spec.json', '--ndjson', '-c', query);
    expect(lines(asked.stdout)).toEqual([{ label: 'green' }, { label: 'red' }]);
  });

  it('models log logs it with its signature', async () => {
    const folder = await project();
    const args = ['models', 'log', 'spec.json', '--name', 'linear', ...linear, '--tracking-uri', './models'];
    const { code, stdout, stderr } = await runCli(args, { cwd: folder });
    expect({ code, stdout }, stderr).toEqual({ code: 0, stdout: 'mlflow:/linear/1\n' });
    const { stdout: registered } = await runCli(['models', 'show', 'mlflow:/linear', '--tracking-uri', './models'], {
      cwd: folder,
    });
    expect(registered).toContain('logits: float32');
  });

  it('an object of backends gives each the flavor of its key, and ours may be among them', async () => {
    const folder = await project();
    await writeFile(
      join(folder, 'all.ts'),
      "import { linear } from './linear.ts'; export const all = { onnx: linear };",
    );
    await writeFile(join(folder, 'spec.json'), JSON.stringify({ ...spec, flavor: 'onnx' }));
    const { code, stderr } = await runCli([...predict, '--backend', './all.ts#all'], { cwd: folder });
    expect(code, stderr).toBe(0);
  });

  it('select() of a program takes backends', async () => {
    const folder = await project();
    const { linear } = (await import(join(folder, 'linear.ts'))) as { linear: never };
    const settings = { images: join(folder, 'photos'), model: join(folder, 'spec.json') };
    const { images } = await select({ ...settings, backends: { linear } });
    expect([...images].map(({ image_id: id }) => id).sort()).toEqual(Object.keys(colours));
  });

  it.each([
    ['./linear.ts#nothing', 'has no export "nothing"; it exports linear'],
    ['linear', '--backend: "linear" names no module and its export'],
    ['./wrong.ts#text', '--backend: "./wrong.ts#text" is a string, expected a backend, { name, load }'],
    ['./wrong.ts#make', 'is a function, expected a backend, { name, load }, or an object of backends by flavor'],
    ['./wrong.ts#half', 'is an object of linear, other, expected a backend'],
  ])('%s is refused', async (backend, message) => {
    const folder = await project();
    const wrong = [
      "import { linear } from './linear.ts';",
      "export const text = 'a'; export const make = () => linear; export const half = { linear, other: 1 };",
    ];
    await writeFile(join(folder, 'wrong.ts'), wrong.join('\n'));
    const { code, stderr } = await runCli([...predict, '--backend', backend], { cwd: folder });
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });

  it('without it the error names the flavors that there are', async () => {
    const { code, stderr } = await runCli(predict, { cwd: await project() });
    expect(code).toBe(1);
    expect(stderr).toContain('has flavor "linear", the backends given are: onnx, tfjs');
    const shown = await runCli(['models', 'show', 'spec.json'], { cwd: await project() });
    expect(shown.stderr).toContain('no backend for flavor "linear", only onnx, tfjs; name a backend of your own with');
  });
});
