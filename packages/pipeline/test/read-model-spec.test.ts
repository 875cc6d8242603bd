import { mkdir, mkdtemp, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { QualmError } from '@qualm/types';
import type { QualmErrorCode } from '@qualm/types';
import { beforeEach, describe, expect, it } from 'vitest';
import { readModelSpec } from '../src/index.ts';
import { toySpec } from './toy-model.ts';

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
  expect(await readModelSpec(await write(toySpec))).toEqual({ spec: toySpec, root: folder });
});

it('readModelSpec(path, { root }) takes the files from elsewhere', async () => {
  const root = await mkdtemp(join(tmpdir(), 'qualm-root-'));
  await writeFile(join(root, 'mean-colour.onnx'), 'weights');
  expect(await readModelSpec(await write(toySpec), { root })).toEqual({ spec: toySpec, root });
});

const { input, head } = toySpec;
const ssd = { type: 'ssd', outputs: { scores: 's', boxes: 'b' }, background: true, activation: 'softmax' };

describe('readModelSpec(path) says what is wrong with', () => {
  it.each([
    ['text', 'not JSON', 'is no JSON: Unexpected token'],
    ['an array', [], 'the spec is [], it must be object'],
    ['a missing key', { ...toySpec, input: undefined }, 'the spec has no "input"'],
    ['an unknown key', { ...toySpec, lables: [] }, 'the spec has "lables", which is unknown'],
    ['another version', { ...toySpec, specVersion: 2 }, 'specVersion is 2, wanted 1'],
    [
      'a size in text',
      { ...toySpec, input: { ...input, size: { width: '8', height: 8 } } },
      'input.size.width is "8", it must be integer',
    ],
    ['a layout', { ...toySpec, input: { ...input, layout: 'hwc' } }, 'input.layout is "hwc", wanted one of nchw, nhwc'],
    [
      'a letterbox without pad',
      { ...toySpec, input: { ...input, resize: { mode: 'letterbox', anchor: 'center' } } },
      'input.resize has no "pad"',
    ],
    [
      'an unknown head',
      { ...toySpec, head: { ...head, type: 'ssd9' } },
      'head.type is "ssd9", wanted one of ssd, yolox,',
    ],
    ['a head alone', { ...toySpec, head: ssd }, 'head has no "boxEncoding"'],
    ['no labels', { ...toySpec, labels: [] }, 'labels is [], it must NOT have fewer than 1 items'],
    ['a label twice', { ...toySpec, labels: [...toySpec.labels, { id: 3, name: 'x' }] }, 'labels has id 3 twice'],
  ])('%s', async (_, spec, message) => {
    const reading = readModelSpec(await write(spec));
    await expectError(reading, 'spec-invalid', message);
    await expect(reading).rejects.toThrow(/spec\.json/);
  });

  it('one head tells its faults alone', async () => {
    const error = (await readModelSpec(await write({ ...toySpec, head: ssd })).catch(
      (reason: unknown) => reason,
    )) as Error;
    expect(error.message.split('; ')).toHaveLength(1);
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

  it.each(['../mean-colour.onnx', '/etc/hostname', 'file:///etc/hostname'])('spec-invalid for %s', async (model) =>
    expectError(readModelSpec(await write({ ...toySpec, files: { model } })), 'spec-invalid', 'files.model'),
  );

  it('path-outside for a link that leads out', async () => {
    const outside = await mkdtemp(join(tmpdir(), 'qualm-outside-'));
    await writeFile(join(outside, 'secret.onnx'), 'secret');
    await symlink(join(outside, 'secret.onnx'), join(folder, 'link.onnx'));
    await expectError(
      readModelSpec(await write({ ...toySpec, files: { model: 'link.onnx' } })),
      'path-outside',
      'link.onnx',
    );
  });

  it('nothing for a link that stays inside', async () => {
    await mkdir(join(folder, 'deep'));
    await symlink('../mean-colour.onnx', join(folder, 'deep', 'link.onnx'));
    const spec = { ...toySpec, files: { model: 'deep/link.onnx' } };
    expect((await readModelSpec(await write(spec))).spec).toEqual(spec);
  });
});
