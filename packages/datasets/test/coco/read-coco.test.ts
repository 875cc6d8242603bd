import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { readCoco } from '../../src/coco/read-coco.ts';
import type { ReadCocoOptions } from '../../src/coco/read-coco.ts';
import { temporaryFolder } from '../temporary-folder.ts';

type Entry = Record<string, unknown>;

const categories: Entry[] = [
  { id: 1, name: 'person', supercategory: 'person' },
  { id: 18, name: 'dog' },
];
const image: Entry = { id: 5, file_name: 'a b#.jpg', width: 6, height: 4, date_captured: '2013-11-14 11:18:45' };
const annotation: Entry = {
  id: 9,
  image_id: 5,
  category_id: 1,
  area: 6,
  iscrowd: 0,
  bbox: [1, 1, 3, 2],
  segmentation: [[1, 1, 4, 1, 4, 3, 1, 3]],
};

async function fileWith(content: unknown): Promise<string> {
  const path = join(await temporaryFolder(), 'instances.json');
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

function file(images: unknown[], annotations: unknown[]): Entry {
  return { info: {}, images, annotations, categories };
}

it('readCoco(file) is one row per image with all of its annotations', async () => {
  const crowd = {
    ...annotation,
    id: 10,
    category_id: 18,
    iscrowd: 1,
    segmentation: { counts: [4, 2, 18], size: [4, 6] },
  };
  const path = await fileWith(file([image, { ...image, id: 6, file_name: 'sub/c.jpg' }], [annotation, crowd]));
  const { columns, labels, problems, problemCount, length, source } = await readCoco(path, { images: '/photos' });
  expect([length, problems, problemCount]).toEqual([2, [], 0]);
  expect(labels).toEqual(categories);
  expect([...columns.image_id]).toEqual([5, 6]);
  expect([...columns.file_name]).toEqual(['a b#.jpg', 'sub/c.jpg']);
  expect([columns.width.at(0), columns.height.at(0)]).toEqual([6, 4]);
  expect(columns.date_captured.at(0)).toBe('2013-11-14 11:18:45');
  expect(Array.from(columns.image, ({ uri }) => fileURLToPath(uri!))).toEqual([
    '/photos/a b#.jpg',
    '/photos/sub/c.jpg',
  ]);
  const [first, second] = columns.annotations.at(0)!;
  expect(first).toMatchObject({
    ann_id: 9,
    image_id: 5,
    label_id: 1,
    label: 'person',
    supercategory: 'person',
    area: 6,
  });
  expect([...first!.bbox]).toEqual([1, 1, 4, 3]);
  expect(first!.segmentation!.area).toBe(6);
  expect(first!.iscrowd).toBe(false);
  expect(second).toMatchObject({ label: 'dog', supercategory: null, iscrowd: true });
  expect(second!.segmentation!.area).toBe(2);
  expect(columns.annotations.at(1)).toEqual([]);
  expect(Array.from(source, ({ image_id, image: { uri } }) => [image_id, uri])).toEqual([
    [5, 'file:///photos/a%20b%23.jpg'],
    [6, 'file:///photos/sub/c.jpg'],
  ]);
});

it('readCoco takes the arrays in any order and files without annotations', async () => {
  const reversed = { annotations: [annotation], categories, images: [image] };
  expect((await readCoco(await fileWith(reversed))).columns.annotations.at(0)).toHaveLength(1);
  expect((await readCoco(await fileWith({ images: [image] }))).problems).toEqual([]);
  expect((await readCoco(await fileWith({ images: [] }))).length).toBe(0);
});

it('readCoco({ boxes: "relative" }) divides by the size of the image', async () => {
  const { columns } = await readCoco(await fileWith(file([image], [annotation])), { boxes: 'relative' });
  const { bbox } = columns.annotations.at(0)![0]!;
  expect([...bbox]).toEqual([1 / 6, 1 / 4, 4 / 6, 3 / 4]);
  expect(bbox.space).toBe('relative');
});

it('readCoco({ unannotated: "drop" }) leaves out images without annotations', async () => {
  const path = await fileWith(file([{ ...image, id: 1 }, image], [annotation]));
  const { columns, source } = await readCoco(path, { unannotated: 'drop' });
  expect([...columns.image_id]).toEqual([5]);
  expect(source.length).toBe(1);
});

it('readCoco({ segmentations: "drop" }) keeps no masks', async () => {
  const { columns } = await readCoco(await fileWith(file([image], [annotation])), { segmentations: 'drop' });
  expect(columns.annotations.at(0)![0]!.segmentation).toBeNull();
});

it('readCoco fingerprints the list of images', async () => {
  const print = async (...images: Entry[]): Promise<string> =>
    (await readCoco(await fileWith(file(images, [])))).source.fingerprint;
  const other = { ...image, id: 6 };
  expect(await print(image, other)).toBe(await print(image, other));
  expect(await print(image, other)).not.toBe(await print(other, image));
  expect(await print(image)).not.toBe(await print({ ...image, file_name: 'z.jpg' }));
});

it.each([
  ['an empty file', ''],
  ['text', 'hello'],
  ['a broken file', '{"images": ['],
  ['an array', '[]'],
  ['an object without images', '{"annotations": []}'],
  ['images that are no array', '{"images": {}}'],
])('readCoco(%s) is dataset-invalid', async (_, content) => {
  await expect(readCoco(await fileWith(content))).rejects.toMatchObject({ code: 'dataset-invalid' });
});

it('readCoco(missing file) is an io error', async () => {
  await expect(readCoco('/no/such/file.json')).rejects.toMatchObject({ code: 'io' });
});

interface Case {
  readonly name: string;
  readonly images?: unknown[];
  readonly annotations?: unknown[];
  readonly rows?: number;
  readonly kept: number;
  readonly problem: RegExp;
  readonly options?: ReadCocoOptions;
}

const without = (entry: Entry, key: string): Entry =>
  Object.fromEntries(Object.entries(entry).filter(([k]) => k !== key));

const cases: Case[] = [
  {
    name: 'image without id',
    images: [without(image, 'id'), image],
    rows: 1,
    kept: 1,
    problem: /images\[0\]: id is missing/,
  },
  { name: 'image id twice', images: [image, image], rows: 1, kept: 1, problem: /images\[1\]: id 5 is there already/ },
  { name: 'image that is no object', images: [null, image], rows: 1, kept: 1, problem: /images\[0\]: id is missing/ },
  { name: 'image without file_name', images: [without(image, 'file_name')], kept: 1, problem: /file_name is missing/ },
  {
    name: 'file_name upwards',
    images: [{ ...image, file_name: 'a/../../b.jpg' }],
    kept: 1,
    problem: /leaves the folder/,
  },
  {
    name: 'absolute file_name',
    images: [{ ...image, file_name: '/etc/passwd' }],
    kept: 1,
    problem: /leaves the folder/,
  },
  {
    name: 'file_name with a zero',
    images: [{ ...image, file_name: 'a\0' }],
    kept: 1,
    problem: /file_name is "a\\u0000"/,
  },
  {
    name: 'image without size',
    images: [without(image, 'width')],
    kept: 1,
    problem: /width and height are missing and 4/,
  },
  {
    name: 'unknown category',
    annotations: [{ ...annotation, category_id: 77 }],
    kept: 1,
    problem: /category_id 77 is no/,
  },
  {
    name: 'no category',
    annotations: [without(annotation, 'category_id')],
    kept: 0,
    problem: /category_id is missing/,
  },
  { name: 'unknown image', annotations: [{ ...annotation, image_id: 1 }], kept: 0, problem: /image_id 1 is no image/ },
  { name: 'annotation id twice', annotations: [annotation, annotation], kept: 1, problem: /\(id 9\): its id is there/ },
  { name: 'no box', annotations: [without(annotation, 'bbox')], kept: 0, problem: /bbox is missing/ },
  { name: 'null box', annotations: [{ ...annotation, bbox: null }], kept: 0, problem: /bbox is null/ },
  {
    name: 'box of nulls',
    annotations: [{ ...annotation, bbox: [null, 0, 1, 1] }],
    kept: 0,
    problem: /four finite numbers/,
  },
  {
    name: 'NaN as text',
    annotations: [{ ...annotation, bbox: ['NaN', 0, 1, 1] }],
    kept: 0,
    problem: /four finite numbers/,
  },
  { name: 'negative size', annotations: [{ ...annotation, bbox: [1, 1, -1, 1] }], kept: 0, problem: /at least 0/ },
  { name: 'annotation that is null', annotations: [null], kept: 0, problem: /image_id missing is no image/ },
  {
    name: 'RLE of wrong length',
    annotations: [{ ...annotation, segmentation: { counts: [4, 2], size: [4, 6] } }],
    kept: 1,
    problem: /segmentation: .*the mask is left out/,
  },
  {
    name: 'RLE for another size',
    annotations: [{ ...annotation, segmentation: { counts: [4], size: [2, 2] } }],
    kept: 1,
    problem: /segmentation: Mask: RLE is for 2 x 2/,
  },
  {
    name: 'odd polygon',
    annotations: [{ ...annotation, segmentation: [[1, 2, 3]] }],
    kept: 1,
    problem: /segmentation: .*the mask is left out/,
  },
  {
    name: 'segmentation that is text',
    annotations: [{ ...annotation, segmentation: 'x' }],
    kept: 1,
    problem: /neither polygons nor an RLE/,
  },
];

it.each(cases)('readCoco keeps the rest of a file with $name', async ({ images, annotations, rows, kept, problem }) => {
  const path = await fileWith(file(images ?? [image], annotations ?? [annotation]));
  const { columns, problems, problemCount, length } = await readCoco(path);
  expect(length).toBe(rows ?? 1);
  expect(columns.annotations.at(-1)).toHaveLength(kept);
  expect(problems[0]!.message).toMatch(problem);
  expect(problemCount).toBe(problems.length);
  await expect(readCoco(path, { strict: true })).rejects.toThrow(problem);
});

it('readCoco never makes an image of a path that leaves the folder', async () => {
  const path = await fileWith(
    file(
      [
        { ...image, file_name: '../secret.jpg' },
        { ...image, id: 6 },
      ],
      [],
    ),
  );
  const { columns, source } = await readCoco(path);
  expect(columns.error.at(0)).toMatchObject({ code: 'path-outside' });
  expect(columns.error.at(1)).toBeNull();
  const [bad, good] = [...source];
  expect(bad!.error).toMatchObject({ code: 'path-outside' });
  expect([bad!.image.uri, bad!.image.bytes]).toEqual([null, new Uint8Array()]);
  expect(good!.error).toBeUndefined();
});

it('readCoco lists an image that is not on disk as a row', async () => {
  const { columns, problems } = await readCoco(await fileWith(file([image], [])), { images: '/no/such/folder' });
  expect([columns.image.at(0)!.uri, problems]).toEqual(['file:///no/such/folder/a%20b%23.jpg', []]);
});

it('readCoco refuses NaN, which JSON does not have', async () => {
  const text = JSON.stringify(file([image], [annotation])).replace('[1,1,3,2]', '[NaN,1,3,2]');
  await expect(readCoco(await fileWith(text))).rejects.toMatchObject({ code: 'dataset-invalid' });
});

it('readCoco cuts a box off at the upper left edges', async () => {
  const path = await fileWith(file([image], [{ ...annotation, bbox: [-1, -0.5, 3, 2] }]));
  expect([...(await readCoco(path)).columns.annotations.at(0)![0]!.bbox]).toEqual([0, 0, 2, 1.5]);
});

it('readCoco lists 1000 problems and counts the rest', async () => {
  const annotations = Array.from({ length: 1500 }, (_, id) => ({ ...annotation, id, bbox: null }));
  const { problems, problemCount } = await readCoco(await fileWith(file([image], annotations)));
  expect([problems.length, problemCount]).toEqual([1000, 1500]);
});
