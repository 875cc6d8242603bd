import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readNamedImages } from '../src/input/named-images.ts';

it.each<[string, string, readonly (number | null | undefined)[]]>([
  ['a list of boxes that rank wrote', 'rank,image_id,image,box_index,xmin,label\n1,a.jpg,a.jpg,3,0.5,cat\n', [3]],
  ['a list of boxes of your own', 'image_id,box_index\na.jpg,0\na.jpg,2\n', [0, 2]],
  ['the same in JSON', '[{"image_id": "a.jpg", "box_index": 2}]', [2]],
  ['a list of images that rank wrote', 'rank,image_id,boxes,box_index,label\n1,a.jpg,4,3,cat\n', [undefined]],
  ['images that the page exported', 'id,image_id,box_index,label,verdict\nx,a.jpg,3,cat,accept\n', [undefined]],
  [
    'likely errors of labels, which know the box that was found',
    'image_id,box,found_box_index\na.jpg,"0,0,1,1",4\nb.jpg,"0,0,1,1",\n',
    [4, null],
  ],
  ['a list of images of your own', 'image_id,weather\na.jpg,rain\n', [undefined]],
])('%s: which box a row is, if any', async (_, text, boxes) => {
  const path = join(await mkdtemp(join(tmpdir(), 'qualm-named-')), 'list');
  await writeFile(path, text);
  const named = await readNamedImages('--only', path);
  expect(named.map(({ box }) => box)).toEqual(boxes);
});
