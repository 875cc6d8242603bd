import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { cocoLabels80, cocoLabels91 } from '../../src/labels/coco-labels.ts';
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
  ['ids that are no numbers', '{"a": "b"}'],
  ['numbers for names', '[1, 2]'],
])('readLabels(%s) is dataset-invalid', async (_, text) => {
  await expect(readLabels(await fileWith(text))).rejects.toMatchObject({ code: 'dataset-invalid' });
});

it('readLabels(missing) is an io error', async () => {
  await expect(readLabels('/no/such/file')).rejects.toMatchObject({ code: 'io' });
});
