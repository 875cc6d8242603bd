import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { cocoLabels80, cocoLabels91 } from '@qualm/types/labels';
import { readLabels } from '../../src/labels/read-labels.ts';
import { temporaryFolder } from '../temporary-folder.ts';

async function fileWith(text: string): Promise<string> {
  const path = join(await temporaryFolder(), 'labels');
  await writeFile(path, text);
  return path;
}

it('cocoLabels80 and cocoLabels91 name the same 80 things', () => {
  expect(cocoLabels80.map(({ id }) => id)).toEqual(Array.from({ length: 80 }, (_, id) => id));
  expect(cocoLabels91.map(({ name }) => name)).toEqual(cocoLabels80.map(({ name }) => name));
  const gaps = [12, 26, 29, 30, 45, 66, 68, 69, 71, 83];
  const ids = Array.from({ length: 90 }, (_, i) => i + 1).filter((id) => !gaps.includes(id));
  expect(cocoLabels91.map(({ id }) => id)).toEqual(ids);
  expect(cocoLabels91.find(({ id }) => id === 18)).toEqual({ id: 18, name: 'dog', supercategory: 'animal' });
});

it.each([
  ['lines', 'tench\r\ngold fish\n\n'],
  ['a JSON array', '["tench", "gold fish"]'],
  ['a JSON object', '{"0": "tench", "1": "gold fish"}'],
  ['JSON labels', '[{"id": 0, "name": "tench"}, {"id": 1, "name": "gold fish"}]'],
  ['lines behind a byte order mark', '\ufefftench\ngold fish'],
])('readLabels(%s) numbers names', async (_, text) => {
  expect(await readLabels(await fileWith(text))).toEqual([
    { id: 0, name: 'tench' },
    { id: 1, name: 'gold fish' },
  ]);
});

it.each([
  ['nothing', ''],
  ['a hole', 'a\n\nb'],
  ['broken JSON', '["a"'],
  ['an id twice', '[{"id": 1, "name": "a"}, {"id": 1, "name": "b"}]'],
  ['ids that are not numbers', '{"a": "b"}'],
  ['numbers for names', '[1, 2]'],
])('readLabels(%s) is dataset-invalid', async (_, text) => {
  await expect(readLabels(await fileWith(text))).rejects.toMatchObject({ code: 'dataset-invalid' });
});

const ultralytics = `# Ultralytics
path: ../datasets/pets
train: images/train
nc: 2
`;

it.each<[string, string, string, { id: number; name: string }[]]>([
  [
    "Ultralytics' map",
    'data.yaml',
    `${ultralytics}names:\n  0: cat\n  1: 1984\n`,
    [
      { id: 0, name: 'cat' },
      { id: 1, name: '1984' },
    ],
  ],
  [
    "Ultralytics' list",
    'data.yml',
    `${ultralytics}names: [cat, no]\n`,
    [
      { id: 0, name: 'cat' },
      { id: 1, name: 'no' },
    ],
  ],
  [
    "TensorFlow's label map",
    'map.pbtxt',
    '# comment\nitem {\n  name: "/m/01g317"\n  id: 1\n  display_name: "person {a}"\n}\nitem { keypoints { id: 9 label: "nose" } id: 3 name: \'dog\' }\n',
    [
      { id: 1, name: 'person {a}' },
      { id: 3, name: 'dog' },
    ],
  ],
  [
    "Hugging Face's config.json",
    'config.json',
    '{"architectures": ["X"], "id2label": {"0": "cat", "1": "dog"}, "label2id": {"cat": 0, "dog": 1}}',
    [
      { id: 0, name: 'cat' },
      { id: 1, name: 'dog' },
    ],
  ],
  [
    "COCO's own file",
    'instances.json',
    '{"images": [], "annotations": [], "categories": [{"id": 3, "name": "cat", "supercategory": "animal"}, {"id": 7, "name": "dog"}]}',
    [{ id: 3, name: 'cat', supercategory: 'animal' } as { id: number; name: string }, { id: 7, name: 'dog' }],
  ],
])('readLabels of %s has its names and ids', async (_, name, text, labels) => {
  const path = join(await temporaryFolder(), name);
  await writeFile(path, text);
  expect(await readLabels(path)).toEqual(labels);
});

it.each([
  ['YAML of something else', 'data.yaml', 'path: ../d\ntrain: x\n', 'this YAML has no "names"'],
  ['broken YAML', 'data.yaml', 'names: [a\n', 'names'],
  ['a count of others', 'data.yaml', 'nc: 3\nnames: [a, b]\n', 'its nc is 3, its names are 2'],
  ['an item without an id', 'map.pbtxt', 'item {\n name: "cat"\n}', 'item 1 has no id'],
  ['an item that does not end', 'map.pbtxt', 'item { id: 1 name: "cat" ', 'of 1 items 0 can be read'],
  ['a Git LFS pointer', 'labels.txt', 'version https://git-lfs.github.com/spec/v1\n', 'a Git LFS pointer'],
  ['a web page', 'labels.txt', '<!doctype html>\n', 'a web page'],
])('readLabels of %s says so', async (_, name, text, words) => {
  const path = join(await temporaryFolder(), name);
  await writeFile(path, text);
  await expect(readLabels(path)).rejects.toMatchObject({
    code: 'dataset-invalid',
    message: expect.stringContaining(words) as string,
  });
});

it('readLabels(missing) is an io error', async () => {
  await expect(readLabels('/no/such/file')).rejects.toMatchObject({ code: 'io' });
});
