import { mkdir, mkdtemp, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { modelFingerprint, readModelSpec, readSpec } from '../src/index.ts';
import { toySpec } from './toy-model.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'qualm-labels-'));
  await writeFile(join(folder, 'mean-colour.onnx'), 'weights');
});

async function write(labels: unknown): Promise<string> {
  const path = join(folder, 'spec.json');
  await writeFile(path, JSON.stringify({ ...toySpec, labels }));
  return path;
}

const pets = [
  { id: 0, name: 'cat' },
  { id: 1, name: '1984' },
];

describe('readSpec(path) of labels in a file beside the spec', () => {
  it.each([
    ['data.yaml', 'path: ../pets\nnc: 2\nnames:\n  0: cat\n  1: 1984\n'],
    ['data.yml', 'names: [cat, 1984]\n'],
    ['names.txt', 'cat\n1984\n'],
    ['names/pets.json', '["cat", "1984"]'],
  ])('%s', async (name, text) => {
    await mkdir(join(folder, 'names'), { recursive: true });
    await writeFile(join(folder, name), text);
    expect((await readSpec(await write(name))).labels).toEqual(pets);
  });

  it('is looked for beside the spec, not in the folder of the model', async () => {
    const root = await mkdtemp(join(tmpdir(), 'qualm-root-'));
    await writeFile(join(root, 'mean-colour.onnx'), 'weights');
    await writeFile(join(folder, 'names.txt'), 'cat\n1984\n');
    expect((await readModelSpec(await write('names.txt'), { root })).spec.labels).toEqual(pets);
  });

  it('gives a run the fingerprint of the list', async () => {
    const path = await write('names.txt');
    await writeFile(join(folder, 'names.txt'), 'cat\n1984\n');
    const byFile = await modelFingerprint(await readModelSpec(path));
    await writeFile(join(folder, 'names.txt'), 'cat\n1985\n');
    const other = await modelFingerprint(await readModelSpec(path));
    await write(pets);
    expect(await modelFingerprint(await readModelSpec(path))).toBe(byFile);
    expect(other).not.toBe(byFile);
  });
});

describe('readSpec(path) says what is wrong with labels', () => {
  it.each([
    [
      'a file without names',
      'data.yaml',
      'path: ../pets\n',
      'spec-invalid',
      'labels "data.yaml": this YAML has no "names"',
    ],
    ['an empty file', 'names.txt', '', 'spec-invalid', 'labels "names.txt": it is empty'],
    ['another count', 'data.yaml', 'nc: 3\nnames: [a]\n', 'spec-invalid', 'its nc is 3, its names are 1'],
    ['a negative id', 'names.json', '{"-1": "cat"}', 'spec-invalid', 'labels.0.id is -1'],
    ['no file', 'data.yaml', null, 'model-missing', 'labels "data.yaml" is not in '],
  ])('%s', async (_, name, text, code, message) => {
    if (text !== null) await writeFile(join(folder, name), text);
    await expect(readSpec(await write(name))).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message) as string,
    });
  });

  it.each(['../names.txt', '/etc/hostname', 'https://example.org/data.yaml', 'coco80'])('%s', async (labels) => {
    await expect(readSpec(await write(labels))).rejects.toMatchObject({ code: 'spec-invalid' });
  });

  it('a folder', async () => {
    await mkdir(join(folder, 'names.d'));
    await expect(readSpec(await write('names.d'))).rejects.toThrow('is not a regular file');
  });

  it('a link out of a folder that came from others, which a user may have', async () => {
    const outside = await mkdtemp(join(tmpdir(), 'qualm-outside-'));
    await writeFile(join(outside, 'names.txt'), 'cat\n1984\n');
    await symlink(join(outside, 'names.txt'), join(folder, 'names.txt'));
    const path = await write('names.txt');
    await expect(readSpec(path, { followLinks: false })).rejects.toMatchObject({ code: 'path-outside' });
    expect((await readSpec(path)).labels).toEqual(pets);
  });
});
