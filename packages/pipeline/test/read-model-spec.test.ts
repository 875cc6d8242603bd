import { mkdir, mkdtemp, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { QualmError } from '@qualm/types';
import type { QualmErrorCode } from '@qualm/types';
import { heads } from '@qualm/vision';
import { beforeEach, describe, expect, it } from 'vitest';
import { modelFingerprint, readModelSpec } from '../src/index.ts';
import { modelFile } from '../src/model-file.ts';
import { encodeBeside, loadToy, toySpec } from './toy-model.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'qualm-spec-'));
  await writeFile(join(folder, 'mean-colour.onnx'), 'weights');
});

async function write(spec: unknown): Promise<string> {
  const path = join(folder, 'spec.json');
  await writeFile(path, typeof spec === 'string' ? spec : JSON.stringify(spec));
  return path;
}

async function expectError(reading: Promise<unknown>, code: QualmErrorCode, message: string): Promise<void> {
  const error: unknown = await reading.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(QualmError.is(error, code), String(error)).toBe(true);
  expect((error as Error).message).toContain(message);
}

it('readModelSpec(path) is the spec and its folder', async () => {
  expect(await readModelSpec(await write(toySpec))).toEqual({ spec: toySpec, root: folder, followLinks: true });
});

it('readModelSpec(path, { root }) takes the files from elsewhere', async () => {
  const root = await mkdtemp(join(tmpdir(), 'qualm-root-'));
  await writeFile(join(root, 'mean-colour.onnx'), 'weights');
  expect(await readModelSpec(await write(toySpec), { root })).toEqual({ spec: toySpec, root, followLinks: true });
});

const { input, head } = toySpec;
const ssd = { type: 'ssd', outputs: { scores: 's', boxes: 'b' }, background: true, activation: 'softmax' };

describe('readModelSpec(path) says what is wrong with', () => {
  it.each([
    ['text', 'not JSON', 'is not valid JSON: Unexpected token'],
    ['an array', [], 'the spec is [], expected an object'],
    ['a missing key', { ...toySpec, input: undefined }, 'the spec has no "input"'],
    ['an unknown key', { ...toySpec, lables: [] }, 'the spec has "lables", which is unknown'],
    ['another version', { ...toySpec, specVersion: 2 }, 'specVersion is 2, expected 1'],
    [
      'a size in text',
      { ...toySpec, input: { ...input, size: { width: '8', height: 8 } } },
      'input.size.width is "8", expected a whole number of at least 1',
    ],
    [
      'a layout',
      { ...toySpec, input: { ...input, layout: 'hwc' } },
      'input.layout is "hwc", expected one of nchw, nhwc',
    ],
    [
      'a letterbox without pad',
      { ...toySpec, input: { ...input, resize: { mode: 'letterbox', anchor: 'center' } } },
      'input.resize has no "pad"',
    ],
    [
      'an unknown head',
      { ...toySpec, head: { ...head, type: 'ssd9' } },
      'head.type is "ssd9", expected one of ssd, yolox,',
    ],
    ['a head alone', { ...toySpec, head: ssd }, 'head has no "boxEncoding"'],
    ['no labels', { ...toySpec, labels: [] }, 'labels is [], expected a list of at least 1'],
    ['a label twice', { ...toySpec, labels: [...toySpec.labels, { id: 3, name: 'x' }] }, 'labels has id 3 twice'],
  ])('%s', async (_, spec, message) => {
    const reading = readModelSpec(await write(spec), { heads });
    await expectError(reading, 'spec-invalid', message);
    await expect(reading).rejects.toThrow(/spec\.json/);
  });

  it('one head tells its faults alone', async () => {
    const error = (await readModelSpec(await write({ ...toySpec, head: ssd }), { heads }).catch(
      (reason: unknown) => reason,
    )) as Error;
    expect(error.message.split('; ')).toHaveLength(1);
  });

  it('no head where it was given none: the model says it when it is loaded', async () => {
    expect((await readModelSpec(await write({ ...toySpec, head: ssd }))).spec.head).toEqual(ssd);
    await expectError(readModelSpec(await write({ ...toySpec, head: {} })), 'spec-invalid', 'head has no "type"');
  });
});

describe('readModelSpec(path) throws', () => {
  it('model-missing where there is no spec', () =>
    expectError(readModelSpec(join(folder, 'none.json')), 'model-missing', 'none.json'));

  it('model-missing where there is no model', async () =>
    expectError(
      readModelSpec(await write({ ...toySpec, files: { model: 'other.onnx' } })),
      'model-missing',
      'other.onnx',
    ));

  it('by the name that people know its folder by', async () =>
    expectError(
      readModelSpec(await write({ ...toySpec, files: { model: 'other.onnx' } }), { rootName: '--folder' }),
      'model-missing',
      `is not in ${folder}; put it there, or give its folder as --folder`,
    ));

  it.each(['../mean-colour.onnx', '/etc/hostname', 'file:///etc/hostname'])('spec-invalid for %s', async (model) =>
    expectError(readModelSpec(await write({ ...toySpec, files: { model } })), 'spec-invalid', 'files.model'),
  );

  it('path-outside for a link that leads out, of a folder that came from others', async () => {
    const outside = await mkdtemp(join(tmpdir(), 'qualm-outside-'));
    await writeFile(join(outside, 'secret.onnx'), 'secret');
    await symlink(join(outside, 'secret.onnx'), join(folder, 'link.onnx'));
    const path = await write({ ...toySpec, files: { model: 'link.onnx' } });
    await expectError(
      readModelSpec(path, { followLinks: false }),
      'path-outside',
      '"link.onnx" (files.model of "mean-colour") is a link, or behind one, that leads out of',
    );
    const { spec, root } = await readModelSpec(path);
    await expectError(modelFile({ spec, root }), 'path-outside', 'is a link');
  });

  it('model-missing for a link to nothing, as DVC and git-annex leave it', async () => {
    await symlink('../.git/annex/objects/1f', join(folder, 'absent.onnx'));
    const path = await write({ ...toySpec, files: { model: 'absent.onnx' } });
    await expectError(
      readModelSpec(path),
      'model-missing',
      '"absent.onnx" (files.model of "mean-colour") is a link to nothing',
    );
  });

  it('nothing for a link that stays inside', async () => {
    await mkdir(join(folder, 'deep'));
    await symlink('../mean-colour.onnx', join(folder, 'deep', 'link.onnx'));
    const spec = { ...toySpec, files: { model: 'deep/link.onnx' } };
    expect((await readModelSpec(await write(spec))).spec).toEqual(spec);
  });
});

describe('readModelSpec(path) of a spec behind links', () => {
  it('has the files beside the links, as the cache of Hugging Face lays them out', async () => {
    const cache = await mkdtemp(join(tmpdir(), 'qualm-cache-'));
    const [blobs, snapshot] = [join(cache, 'blobs'), join(cache, 'snapshots', '1f')];
    await mkdir(blobs);
    await mkdir(snapshot, { recursive: true });
    await writeFile(join(blobs, 'aa'), JSON.stringify({ ...toySpec, files: { model: 'm.onnx' } }));
    await writeFile(join(blobs, 'bb'), encodeBeside('m.onnx_data'));
    await writeFile(join(blobs, 'cc'), Float32Array.of(5, 0, 0));
    await symlink('../../blobs/aa', join(snapshot, 'spec.json'));
    await symlink('../../blobs/bb', join(snapshot, 'm.onnx'));
    await symlink('../../blobs/cc', join(snapshot, 'm.onnx_data'));
    const resolved = await readModelSpec(join(snapshot, 'spec.json'));
    expect([resolved.root, resolved.followLinks]).toEqual([snapshot, true]);
    expect(await modelFile(resolved)).toBe(join(snapshot, 'm.onnx'));
    const model = await loadToy(resolved);
    const scores = await model.run({ x: model.preprocessor.allocate(1) });
    // The softmax of 5, 0, 0 for a black image.
    expect(scores['scores']!.data[0]).toBeCloseTo(Math.exp(5) / (Math.exp(5) + 2), 6);
    await model.dispose();
    const strict = { ...resolved, followLinks: false };
    await expectError(loadToy(strict), 'path-outside', 'is a link, or behind one, that leads out of');
    const before = await modelFingerprint(resolved);
    await writeFile(join(blobs, 'cc'), 'other weights');
    expect(await modelFingerprint(resolved)).not.toBe(before);
  });

  it('takes a byte-order mark, and says what is not UTF-8', async () => {
    const path = join(folder, 'marked.json');
    await writeFile(path, `\ufeff${JSON.stringify(toySpec)}`);
    expect((await readModelSpec(path)).spec).toEqual(toySpec);
    await writeFile(path, Buffer.from(`\ufeff${JSON.stringify(toySpec)}`, 'utf16le'));
    await expectError(readModelSpec(path), 'spec-invalid', 'is UTF-16; expected a model spec');
  });
});
