import { readFileSync } from 'node:fs';
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
  ['images that are not an array', '{"images": {}}'],
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
  { name: 'image id twice', images: [image, image], rows: 1, kept: 1, problem: /images\[1\]: id 5 appears twice/ },
  {
    name: 'image that is not an object',
    images: [null, image],
    rows: 1,
    kept: 1,
    problem: /images\[0\]: id is missing/,
  },
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
  {
    name: 'unknown image',
    annotations: [{ ...annotation, image_id: 1 }],
    kept: 0,
    problem: /image_id 1 is not an image/,
  },
  {
    name: 'annotation id twice',
    annotations: [annotation, annotation],
    kept: 1,
    problem: /\(id 9\): it appears twice/,
  },
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
  { name: 'annotation that is null', annotations: [null], kept: 0, problem: /image_id missing is not an image/ },
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

it('readCoco leaves out a box of NaN, as Python writes it, and takes the area of the box where there is none', async () => {
  const other = { ...annotation, id: 10, area: -1 };
  const text = JSON.stringify(file([image], [annotation, other]))
    .replace('[1,1,3,2]', '[NaN,1,3,2]')
    .replace('"area":-1', '"area":NaN');
  const { columns, problems } = await readCoco(await fileWith(text));
  expect(columns.annotations.at(0)!.map(({ ann_id, area }) => [ann_id, area])).toEqual([[10, 6]]);
  expect(problems.map(({ message }) => message)).toEqual([
    'annotations[0] (id 9): bbox is [NaN,1,3,2]; expected four finite numbers; the annotation is left out',
  ]);
});

it('readCoco keeps annotations that have the id of another, and says so', async () => {
  const elsewhere = { ...annotation, image_id: 6 };
  const path = await fileWith(file([image, { ...image, id: 6, file_name: 'b.jpg' }], [annotation, elsewhere]));
  const { columns, problems } = await readCoco(path);
  expect(Array.from(columns.annotations, (list) => list.length)).toEqual([1, 1]);
  expect(problems[0]!.message).toMatch(/annotations\[1\] \(id 9\): its id is that of another annotation too; both/);
});

it('readCoco says of which image the annotations of an id that two have are', async () => {
  const { problems } = await readCoco(await fileWith(file([image, { ...image, file_name: 'b.jpg' }], [annotation])));
  expect(problems[0]!.message).toBe(
    'images[1]: id 5 appears twice; "b.jpg" is left out, and its annotations are taken for those of "a b#.jpg"',
  );
});

it('readCoco keeps ids beyond 2^53 as text, all of a column where one is', async () => {
  const images = [image, { ...image, id: 7777777 }, { ...image, id: 8888888 }];
  const annotations = [annotation, { ...annotation, id: 9999999, image_id: 8888888 }];
  const text = JSON.stringify(file(images, annotations))
    .replaceAll('7777777', '9007199254740993')
    .replaceAll('8888888', '9007199254740995')
    .replaceAll('9999999', '-9223372036854775808');
  const { columns, source, problemCount } = await readCoco(await fileWith(text));
  const ids = ['5', '9007199254740993', '9007199254740995'];
  expect([...columns.image_id]).toEqual(ids);
  expect(Array.from(source, ({ image_id }) => image_id)).toEqual(ids);
  expect([...columns.annotations].flat().map(({ image_id, ann_id }) => [image_id, ann_id])).toEqual([
    ['5', '9'],
    ['9007199254740995', '-9223372036854775808'],
  ]);
  expect(problemCount).toBe(0);
});

it('readCoco joins ids that are numbers in one place and text in another', async () => {
  const { columns } = await readCoco(await fileWith(file([image], [{ ...annotation, image_id: '5' }])));
  expect(columns.annotations.at(0)![0]!.image_id).toBe(5);
});

it.each([
  [
    'category ids beyond 32 bits',
    { category_id: 2 ** 32 + 1 },
    /category_id is 4294967297; expected a whole number of 32/,
  ],
  ['a box as large as numbers go', { bbox: [1e308, 1, 1e308, 1] }, /outside of the image/],
  ['a width as large as numbers go', { bbox: [1, 1, 1.7e308, 1.7e308] }, /past the image; it is cut off/],
])('readCoco lists %s', async (_, change, message) => {
  const { problems } = await readCoco(await fileWith(file([image], [{ ...annotation, ...change }])));
  expect(problems[0]!.message).toMatch(message);
});

it.each<[string, unknown, boolean]>([
  ['1', 1, true],
  ['true', true, true],
  ['a text', '1', true],
  ['0', 0, false],
  ['null', null, false],
])('readCoco reads iscrowd %s', async (_, iscrowd, wanted) => {
  const { columns } = await readCoco(await fileWith(file([image], [{ ...annotation, iscrowd }])));
  expect(columns.annotations.at(0)![0]!.iscrowd).toBe(wanted);
});

it('readCoco takes backslashes of Windows for folders, and none that lead out', async () => {
  const names = ['sub\\a.jpg', 'sub\\..\\..\\a.jpg', 'C:\\a.jpg', '\\\\server\\a.jpg'];
  const images = names.map((file_name, id) => ({ ...image, id, file_name }));
  const { columns, source } = await readCoco(await fileWith(file(images, [])), { images: '/photos' });
  expect([...source][0]!.image.uri).toBe('file:///photos/sub/a.jpg');
  expect(Array.from(columns.error, (error) => error?.code ?? null)).toEqual([null, ...Array(3).fill('path-outside')]);
  expect(columns.file_name.at(0)).toBe('sub\\a.jpg');
});

/** Half of 6 x 4 pixels; each box reaches two pixels past one edge. */
it.each<[string, number[], number[]]>([
  ['left', [-2, 1, 4, 2], [0, 1, 2, 3]],
  ['upper', [1, -2, 2, 4], [1, 0, 3, 2]],
  ['right', [4, 1, 4, 2], [4, 1, 6, 3]],
  ['lower', [1, 2, 2, 4], [1, 2, 3, 4]],
])('readCoco cuts a box off at the %s edge, and says so', async (_, bbox, wanted) => {
  const { columns, problems } = await readCoco(await fileWith(file([image], [{ ...annotation, bbox }])));
  expect([...columns.annotations.at(0)![0]!.bbox]).toEqual(wanted);
  expect(problems.map(({ message }) => message)).toEqual([
    `annotations[0] (id 9): bbox is ${JSON.stringify(bbox)} and reaches 2 pixels past the image; it is cut off`,
  ]);
});

it.each([
  ['left', [-4, 1, 2, 2]],
  ['upper', [1, -4, 2, 2]],
  ['right', [7, 1, 2, 2]],
  ['lower', [1, 5, 2, 2]],
])('readCoco leaves out a box beyond the %s edge', async (_, bbox) => {
  const { columns, problems } = await readCoco(await fileWith(file([image], [{ ...annotation, bbox }])));
  expect(columns.annotations.at(0)).toEqual([]);
  expect(problems[0]!.message).toMatch(/outside of the image; the annotation is left out/);
});

it('readCoco cuts what two decimals add up to off without a word', async () => {
  const path = await fileWith(file([image], [{ ...annotation, bbox: [1.01, 1, 5, 3.01] }]));
  const { columns, problemCount } = await readCoco(path);
  expect([[...columns.annotations.at(0)![0]!.bbox], problemCount]).toEqual([[1.01, 1, 6, 4], 0]);
});

/** The corners of the box, turned around its middle by NumPy: fixtures/coco/rotated.json. */
const turnedBoxes = JSON.parse(readFileSync(new URL('../../fixtures/coco/rotated.json', import.meta.url), 'utf8')) as {
  bbox: number[];
  rotation: number;
  around: number[];
}[];

it.each(turnedBoxes)(
  'readCoco takes the box around $bbox, turned by $rotation degrees',
  async ({ bbox, rotation, around }) => {
    const large = { ...image, width: 640, height: 640 };
    const turned = { ...annotation, bbox, segmentation: [], attributes: { occluded: false, rotation } };
    const { columns, problems } = await readCoco(await fileWith(file([large], [turned])));
    const box = [...columns.annotations.at(0)![0]!.bbox];
    for (const [at, edge] of around.entries()) expect(box[at]).toBeCloseTo(edge, 9);
    expect(problems.length).toBe(rotation % 180 === 0 ? 0 : 1);
    if (problems.length > 0)
      expect(problems[0]!.message).toContain(`attributes.rotation is ${rotation}; the box around`);
  },
);

it('readCoco lists a rotation that is not a number', async () => {
  const turned = { ...annotation, attributes: { rotation: 'left' } };
  const { columns, problems } = await readCoco(await fileWith(file([image], [turned])));
  expect([...columns.annotations.at(0)![0]!.bbox]).toEqual([1, 1, 4, 3]);
  expect(problems[0]!.message).toMatch(/attributes.rotation is "left"; the box is taken as it stands/);
});

it('readCoco lists 1000 problems and counts the rest', async () => {
  const annotations = Array.from({ length: 1500 }, (_, id) => ({ ...annotation, id, bbox: null }));
  const { problems, problemCount } = await readCoco(await fileWith(file([image], annotations)));
  expect([problems.length, problemCount]).toEqual([1000, 1500]);
});
