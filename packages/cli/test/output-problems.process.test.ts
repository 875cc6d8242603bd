import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeOnnxModel } from '@qualm/testkit';
import type { OnnxNode } from '@qualm/testkit';
import { expect, it } from 'vitest';
import { runCli, temporaryFolder } from './run-cli.ts';
import { jpegOf } from './toy-images.ts';
import { toySpec } from './toy-model.ts';

/** A classifier whose scores are what these nodes make of `flat`, the mean red, green and blue. */
async function writeClassifier(folder: string, nodes: readonly OnnxNode[], std: number): Promise<string> {
  const model = encodeOnnxModel({
    name: 'colours',
    opset: 17,
    inputs: [{ name: 'x', dtype: 'float32', shape: [1, 3, 32, 32] }],
    outputs: [{ name: 'scores', dtype: 'float32', shape: [1, 3] }],
    nodes: [
      { op: 'GlobalAveragePool', inputs: ['x'], outputs: ['mean'] },
      { op: 'Flatten', inputs: ['mean'], outputs: ['flat'] },
      ...nodes,
    ],
  });
  await writeFile(join(folder, 'colours.onnx'), model);
  const spec = {
    ...toySpec,
    name: 'colours',
    files: { model: 'colours.onnx' },
    input: { ...toySpec.input, std: [std, std, std] },
    head: { type: 'classifier', outputs: { scores: 'scores' }, activation: 'none' },
    scoreKind: 'independent',
  };
  const path = join(folder, 'colours.json');
  await writeFile(path, JSON.stringify(spec));
  return path;
}

/** x * x / x is x, and NaN for 0. */
const nanForZero: readonly OnnxNode[] = [
  { op: 'Mul', inputs: ['flat', 'flat'], outputs: ['square'] },
  { op: 'Div', inputs: ['square', 'flat'], outputs: ['scores'] },
];

async function photographs(folder: string): Promise<void> {
  const colours = { grey: [128, 128, 128], green: [0, 255, 1], black: [0, 0, 0] } as const;
  for (const [name, colour] of Object.entries(colours)) {
    await writeFile(join(folder, `${name}.jpg`), await jpegOf(colour));
  }
}

it('NaN everywhere is an error of the image, NaN here and there is counted, and both fail --strict', async () => {
  const folder = await temporaryFolder();
  const model = await writeClassifier(folder, nanForZero, 255);
  await photographs(folder);
  const predict = ['predict', '--images', folder, '--model', model, '--json'];
  const { code, stdout, stderr } = await runCli([...predict, '--out', join(folder, 'out')]);
  const result = JSON.parse(stdout.trim().split('\n').at(-1)!) as Record<string, unknown>;
  expect(result).toMatchObject({
    failed: 1,
    failures: [{ image_id: 'black.jpg', code: 'output-invalid' }],
    warned: 1,
    warnings: [{ image_id: 'green.jpg', code: 'output-invalid' }],
  });
  expect(stderr).toContain('warning: 1 image has numbers of the model that cannot be used:');
  expect(stderr).toContain('head classifier: output "scores" holds NaN or infinities for 3 of 3 classes');
  expect(code).toBe(0);
  expect((await runCli([...predict, '--strict', '--out', join(folder, 'strict')])).code).toBe(3);
});

it('logits where scores were promised fail each image, and the message says what to do', async () => {
  const folder = await temporaryFolder();
  const model = await writeClassifier(folder, [{ op: 'Identity', inputs: ['flat'], outputs: ['scores'] }], 1);
  await photographs(folder);
  const { code, stderr } = await runCli([
    'predict',
    '--images',
    folder,
    '--model',
    model,
    '--out',
    join(folder, 'out'),
  ]);
  expect(stderr).toContain('holds numbers from 128 to 128, expected scores from 0 to 1: these are logits');
  expect(stderr).toContain('set head.activation to "sigmoid" or "softmax"');
  expect(code).toBe(0);
});
