import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { registryToys } from '@qualm/testkit';
import { expect, it } from 'vitest';
import { folderArtifacts } from '../src/artifacts/folder-artifacts.ts';
import { readContents } from '../src/model/read-contents.ts';
import { withLabels } from '../src/model/with-labels.ts';

const files: Readonly<Record<string, string>> = { 'data.yaml': 'names: [cat, dog]\n', 'bad.yaml': 'path: x\n' };
const read = async (path: string): Promise<Uint8Array> => Buffer.from(files[path]!);

function resolved(labels: unknown): Promise<unknown> {
  return withLabels({ name: 'pets', labels }, 'qualm.json', ['best.onnx', ...Object.keys(files)], read);
}

it.each(['data.yaml', './data.yaml'])("labels %s are those of the model's own file", async (labels) => {
  const names = [
    { id: 0, name: 'cat' },
    { id: 1, name: 'dog' },
  ];
  expect(await resolved(labels)).toEqual({ name: 'pets', labels: names });
});

it.each([[[{ id: 0, name: 'cat' }]], ['coco-80'], [undefined]])('labels %j stay as they are', async (labels) => {
  expect(await resolved(labels)).toEqual({ name: 'pets', labels });
});

it.each([
  ['other.yaml', `labels "other.yaml" is not among the model's files, which are best.onnx, data.yaml`],
  ['bad.yaml', 'labels "bad.yaml": this YAML has no "names"'],
  ['../data.yaml', 'labels is "../data.yaml"'],
  ['/etc/passwd', 'labels is the absolute path'],
])('labels %s is spec-invalid', async (labels, message) => {
  await expect(resolved(labels)).rejects.toMatchObject({
    code: 'spec-invalid',
    message: expect.stringContaining(message) as string,
  });
});

it.each([
  ['data.yaml', 'data.yaml'],
  [[{ id: 0, name: 'cat' }], null],
])('readContents of a qualm.json with labels %j has labelsFrom %j', async (labels, labelsFrom) => {
  const folder = await mkdtemp(join(tmpdir(), 'qualm-labels-'));
  const { spec } = registryToys().newer;
  await writeFile(join(folder, 'data.yaml'), files['data.yaml']!);
  await writeFile(join(folder, spec.files.model), 'weights');
  await writeFile(join(folder, 'qualm.json'), JSON.stringify({ ...spec, labels }));
  const contents = await readContents(await folderArtifacts(folder), { tags: {}, settings: {} });
  expect(contents).toMatchObject({ specFrom: 'qualm.json', labelsFrom });
});
