import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeOnnxModel } from '@qualm/testkit';
import type { OnnxNode } from '@qualm/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOnnxBackend } from '../src/index.ts';

const { version } = createRequire(import.meta.url)('onnxruntime-node/package.json') as { version: string };
const runtime = `onnxruntime-node ${version}`;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'qualm-too-new-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function relu(opset: number, nodes: readonly OnnxNode[] = [{ op: 'Relu', inputs: ['x'], outputs: ['y'] }]): Uint8Array {
  const value = (name: string) => ({ name, dtype: 'float32', shape: [2] }) as const;
  return encodeOnnxModel({ name: 'relu', opset, inputs: [value('x')], outputs: [value('y')], nodes });
}

/** The first field of a model is its IR version, a number below 128. */
function withIrVersion(model: Uint8Array, version: number): Uint8Array {
  expect(model[0]).toBe(0x08);
  return Uint8Array.of(0x08, version, ...model.subarray(2));
}

async function load(bytes: Uint8Array): Promise<unknown> {
  const model = join(folder, 'm.onnx');
  await writeFile(model, bytes);
  return createOnnxBackend({ device: 'cpu', sessions: 1 }).load({ model });
}

describe('a model that is newer than the runtime is model-invalid, with what the runtime knows', () => {
  it.each<[string, Uint8Array, RegExp]>([
    [
      'an IR version',
      withIrVersion(relu(17), 100),
      /its IR version is 100, RUNTIME reads up to \d+; save it with an older one \(onnx: model\.ir_version = \d+\), or install a newer onnxruntime-node/,
    ],
    [
      'an opset',
      relu(99),
      /it needs opset 99 of ai\.onnx, RUNTIME has up to \d+; export it with opset_version=\d+ or lower, or install a newer onnxruntime-node/,
    ],
    [
      'an operator',
      relu(17, [{ op: 'OfTomorrow', inputs: ['x'], outputs: ['y'] }]),
      /it needs the operator "OfTomorrow" of opset 17, which RUNTIME lacks; export it without, or with another opset, or install/,
    ],
    [
      'an operator of another domain',
      relu(17, [{ op: 'Own', domain: 'com.microsoft', inputs: ['x'], outputs: ['y'] }]),
      /it needs the operator "com\.microsoft:Own", which RUNTIME lacks/,
    ],
  ])('%s', async (_, bytes, message) => {
    await expect(load(bytes)).rejects.toMatchObject({
      code: 'model-invalid',
      message: expect.stringMatching(new RegExp(message.source.replace('RUNTIME', runtime))) as string,
    });
  });
});
