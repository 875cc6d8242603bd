import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createOnnxBackend } from '@qualm/inference-onnx';
import { writeOnnxToys } from '@qualm/testkit';
import { QualmError } from '@qualm/types';
import type { Backend, ModelSpec, QualmErrorCode, ResolvedModel } from '@qualm/types';
import * as vision from '@qualm/vision';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadModel, modelFingerprint, modelIdentity, type ImageModel } from '../src/index.ts';
import { encodeBeside, encodeHiddenSize, loadToy, solid, toySpec, writeToy } from './toy-model.ts';

let root: string;

beforeAll(async () => {
  ({ root } = await writeToy());
});

/** The toy with sizes that are free by its word, and fixed by a Reshape inside. */
async function writeHiddenSize(): Promise<ResolvedModel> {
  const toy = await writeToy();
  await writeFile(join(toy.root, toySpec.files.model), encodeHiddenSize());
  return toy;
}

/** A backend that counts the models it has in memory. */
function counting(): { backend: Backend; loaded: number } {
  const inner = createOnnxBackend({ device: 'cpu', sessions: 1 });
  const state = { loaded: 0, backend: inner };
  const load: Backend['load'] = async (...args) => {
    const model = await inner.load(...args);
    state.loaded++;
    return { ...model, run: model.run.bind(model), dispose: () => (state.loaded--, model.dispose()) };
  };
  return Object.assign(state, { backend: { name: 'onnx', load } });
}

async function expectError(spec: ModelSpec, code: QualmErrorCode, ...parts: string[]): Promise<void> {
  const onnx = counting();
  const error: unknown = await loadModel({ spec, root }, { backends: { onnx: onnx.backend }, vision }).then(
    (model: ImageModel) => model.dispose(),
    (reason: unknown) => reason,
  );
  expect(QualmError.is(error, code), String(error)).toBe(true);
  for (const part of parts) expect((error as Error).message).toContain(part);
  expect(onnx.loaded).toBe(0);
}

it('loadModel(resolved, { backends, vision }) is a model that knows itself', async () => {
  const model = await loadToy({ spec: toySpec, root });
  expect(model).toMatchObject({
    spec: toySpec,
    form: 'class_scores',
    labels: toySpec.labels,
    device: 'cpu',
    concurrency: 2,
  });
  expect(model).toMatchObject({ batch: null, inputName: 'x' });
  await model.dispose();
  await model.dispose();
});

describe('loadModel(resolved, options) throws', () => {
  const { input } = toySpec;
  const { mean: _mean, std: _std, ...raw } = input;
  it.each<[string, ModelSpec, string[]]>([
    [
      'an output that the model has not',
      { ...toySpec, head: { type: 'classifier', outputs: { scores: 'logits' }, activation: 'none' } },
      ['"logits"', '"scores" float32 [*,3]'],
    ],
    [
      'an input that the model has not',
      { ...toySpec, input: { ...input, name: 'images' } },
      ['input.name is "images"', '"x" float32 [*,3,8,8]'],
    ],
    [
      'another size',
      { ...toySpec, input: { ...input, size: { width: 9, height: 8 } } },
      ['size 9x8', '"x" float32 [*,3,8,8]', 'in its input "size": { "width": 8, "height": 8 }, or export it anew'],
    ],
    [
      'another layout',
      { ...toySpec, input: { ...input, layout: 'nhwc' } },
      ['[*,8,8,3] (nhwc', '[*,3,8,8]', 'in its input "layout": "nchw", or'],
    ],
    [
      'another element type',
      { ...toySpec, input: { ...raw, dtype: 'uint8' } },
      ['uint8 [*', 'float32 [*,3,8,8]', 'in its input "dtype": "float32", or'],
    ],
    ['labels too few', { ...toySpec, labels: toySpec.labels.slice(1) }, ['3 foreground classes', '2 labels']],
    [
      'labels too many',
      { ...toySpec, labels: [...toySpec.labels, { id: 9, name: 'x' }] },
      ['3 foreground classes', '4 labels'],
    ],
  ])('spec-invalid for %s, and frees the model', async (_, spec, parts) => {
    await expectError(spec, 'spec-invalid', 'mean-colour', ...parts);
  });

  it('spec-invalid for a batch that the model did not fix', async () => {
    const fixed = await writeToy(5);
    const spec = { ...toySpec, input: { ...input, batch: 4 } };
    await expect(loadToy({ ...fixed, spec })).rejects.toThrow(
      'float32 [5,3,8,8]; make the spec say what the model has, in its input "batch": 5, or export it anew',
    );
  });

  it('predict-failed for a size that the model fixed and does not declare, with what was tried', async () => {
    const hidden = await writeHiddenSize();
    const model = await loadToy(hidden);
    await model.dispose();
    const spec = { ...hidden.spec, input: { ...input, size: { width: 9, height: 8 } } };
    await expect(loadToy({ ...hidden, spec })).rejects.toMatchObject({
      code: 'predict-failed',
      message: expect.stringMatching(
        /a run on an empty image, float32 \[1,3,8,9\], failed: .*Reshape.*; where the export fixed another size or batch/,
      ) as string,
    });
  });

  it('spec-invalid for a model that wants more than images', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'qualm-toys-'));
    await writeOnnxToys(folder, { repeats: 1 });
    const spec = { ...toySpec, files: { model: 'pair.onnx' } };
    await expect(loadToy({ spec, root: folder })).rejects.toThrow('"a" float32 [*,2], "b" float32 [*,2]');
  });

  it('model-invalid for a file that is not ONNX', async () => {
    await writeFile(join(root, 'text.onnx'), 'this is not a model');
    await expectError({ ...toySpec, files: { model: 'text.onnx' } }, 'model-invalid', 'text.onnx');
  });

  it('model-missing for no file', () =>
    expectError({ ...toySpec, files: { model: 'no.onnx' } }, 'model-missing', 'no.onnx'));

  it('backend-unavailable for a flavor that nobody brought', () =>
    expectError({ ...toySpec, flavor: 'tfjs' }, 'backend-unavailable', 'flavor "tfjs"', 'given are: onnx'));

  it('spec-invalid for an invalid spec', () => expectError({ ...toySpec, labels: [] }, 'spec-invalid', 'labels is []'));
});

it('minScore and topK go to the head', async () => {
  const model = await loadToy({ spec: toySpec, root }, { topK: 2, minScore: 0.9 });
  const batch = model.preprocessor.allocate(1);
  const geometry = await model.preprocessor.fill(solid(255, 0, 0), batch, 0);
  const [all] = model.head.decode(await model.run({ x: batch }), [geometry]);
  expect(all!.numClasses).toBe(2);
  expect(model.headOptions).toEqual({ topK: 2, minScore: 0.9 });
  expect(all!.length, 'a classifier has no minScore').toBe(1);
  expect({ scoreKind: model.scoreKind, task: model.task }).toEqual({
    scoreKind: 'distribution',
    task: 'classification',
  });
  await model.dispose();
});

describe('modelFingerprint(model)', () => {
  it('is the same for the same files elsewhere, and for a spec in another order', async () => {
    const spec = Object.fromEntries(Object.entries(toySpec).reverse()) as unknown as ModelSpec;
    expect(await modelFingerprint({ ...(await writeToy()), spec })).toBe(
      await modelFingerprint({ spec: toySpec, root }),
    );
  });

  it('is another for another spec, form, option, or file', async () => {
    const other = await writeToy();
    await writeFile(join(other.root, 'mean-colour.onnx'), 'another');
    const tfjs: ModelSpec = { ...toySpec, flavor: 'tfjs', files: { model: 'model.json' } };
    const manifest = '{"weightsManifest":[{"paths":["weights/group1-shard1of1.bin"]}]}';
    const beside = [await writeToy(), await writeToy()];
    for (const [index, { root: folder }] of beside.entries()) {
      await writeFile(join(folder, 'model.json'), manifest);
      await mkdir(join(folder, 'weights'));
      await writeFile(join(folder, 'weights/group1-shard1of1.bin'), String(index));
    }
    const all = await Promise.all([
      modelFingerprint({ spec: toySpec, root }),
      modelFingerprint({ spec: { ...toySpec, name: 'x' }, root }),
      modelFingerprint({ spec: toySpec, root, form: 'detections' }),
      modelFingerprint({ spec: toySpec, root, headOptions: { minScore: 0.1 } }),
      modelFingerprint(other),
      ...beside.map((model) => modelFingerprint({ ...model, spec: tfjs })),
    ]);
    expect(new Set(all).size).toBe(all.length);
    expect(all[0]).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('modelIdentity(model)', () => {
  it('names what decides, external data in a subfolder too', async () => {
    const { root: folder } = await writeToy();
    await mkdir(join(folder, 'weights'));
    await writeFile(join(folder, 'weights/w.bin'), 'weights');
    await writeFile(join(folder, 'mean-colour.onnx'), encodeBeside('weights/w.bin'));
    expect(await modelIdentity({ spec: toySpec, root: folder, headOptions: { minScore: 0.1 } })).toMatchObject({
      model: toySpec.name,
      'min-score': '0.1',
      'file mean-colour.onnx': expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      // printf weights | sha256sum
      'file weights/w.bin': '9a129038d9a00aed0cf6a7ea059ca50a813449061ab87848cf1a13eafdf33b2c',
    });
    await rm(join(folder, 'weights/w.bin'));
    expect((await modelIdentity({ spec: toySpec, root: folder }))['file weights/w.bin']).toBe('not readable (ENOENT)');
  });
});
