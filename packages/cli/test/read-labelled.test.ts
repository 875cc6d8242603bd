import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { UsageError } from '../src/terminal/exit-code.ts';
import { readLabelled } from '../src/commands/batch/read-labelled.ts';

async function file(text: string): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), 'qualm-labelled-')), 'labelled');
  await writeFile(path, text);
  return path;
}

const marks = {
  format: 'qualm-marks',
  version: 2,
  selection: [{ id: 'x', image_id: 'b/1.jpg', image: '1.jpg', label: 'cat', verdict: 'accept', tags: [] }],
};
const coco = { images: [{ id: 7, file_name: 'b/1.jpg' }], annotations: [], categories: [] };

it.each<[string, string, string | number]>([
  ['ids, one a line', 'b/1.jpg\r\n', 'b/1.jpg'],
  ['a list in JSON', '["b/1.jpg"]', 'b/1.jpg'],
  ['marks of the page', JSON.stringify(marks), 'b/1.jpg'],
  ['a list in JSON', '[{"rank": 1, "image_id": "b/1.jpg", "reason": "margin .1"}]', 'b/1.jpg'],
  ['a CSV of the page', 'id,image_id,image,label\nx,b/1.jpg,1.jpg,cat\n', 'b/1.jpg'],
  ['a CSV with an escaped id', "image_id,label\n'=1.jpg,cat\n", '=1.jpg'],
  ['a CSV of one column', 'image_id\nb/1.jpg\n', 'b/1.jpg'],
  ['a CSV of one column, in quotes', 'image_id\r\n"b/1, ""x"".jpg"\r\n', 'b/1, "x".jpg'],
  ['a CSV with semicolons', '\uFEFFimage_id;label\r\nb/1.jpg;"a;b"\r\n', 'b/1.jpg'],
  ['a CSV with semicolons and what Excel is told', 'sep=;\r\nlabel;image_id\r\ncat, dog;b/1.jpg\r\n', 'b/1.jpg'],
  ['a CSV with tabs', 'label\timage_id\ncat\tb/1.jpg\n', 'b/1.jpg'],
  ['a CSV with lines of blanks', 'image_id,label\n\nb/1.jpg,cat\n  \n\n', 'b/1.jpg'],
  ['a CSV whose lines end as on an old Mac', 'image_id;label\rb/1.jpg;cat\r', 'b/1.jpg'],
  ['ids in quotes', '"b/1, ""x"".jpg"\n', 'b/1, "x".jpg'],
  ['ids with lines of blanks', '\uFEFF\n  \nb/1.jpg\n\t\n', 'b/1.jpg'],
  ['COCO, by file name', JSON.stringify(coco), 'b/1.jpg'],
  ['COCO, by id', JSON.stringify(coco), 7],
])('readLabelled of %s knows its images', async (_, text, id) => {
  const labelled = await readLabelled(await file(text));
  expect(labelled.count).toBe(1);
  expect([labelled.has(id, null), labelled.has('2.jpg', 'file:///2.jpg'), labelled.has(8, null)]).toEqual([
    true,
    false,
    false,
  ]);
});

it.each([
  ['nothing', '', 'names no image'],
  ['a CSV of others', 'a,b\n1,2\n', 'a CSV without a column "image_id"; it has a, b. Where these are ids'],
  ['JSON of others', '{"a": 1}', 'JSON without a list of images'],
  ['broken JSON', '{', 'not valid JSON'],
  ['a list of things', '[{}]', '{} is not the id of an image'],
  ['a web page', '<!doctype html>', 'a web page'],
])('readLabelled of %s is refused', async (_, text, words) => {
  const reading = readLabelled(await file(text));
  await expect(reading).rejects.toThrow(words);
  await expect(reading).rejects.toBeInstanceOf(UsageError);
});
