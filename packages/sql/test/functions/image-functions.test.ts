import { beforeAll, beforeEach, expect, test } from 'vitest';
import type { CropRequest } from '../../src/functions/crop-functions.ts';
import { openDatabase } from './open-database.ts';
import type { TestDatabase } from './open-database.ts';

let database: TestDatabase;
let calls: (readonly CropRequest[])[] = [];

beforeAll(async () => {
  database = await openDatabase({
    cropImages: (requests) => {
      calls.push(requests);
      return requests.map(({ image, box }) => (image === 'broken.jpg' ? null : Uint8Array.from(box)));
    },
  });
});

beforeEach(() => {
  calls = [];
});

const box = 'box2d(1, 2, 3, 4)';

test('to_image of a path or a URI has no bytes, and of bytes has no URI', async () => {
  expect(await database.value("SELECT to_image('a.jpg')")).toEqual({ uri: 'a.jpg', data: null });
  expect(await database.value(String.raw`SELECT to_image('\x00\xFF'::BLOB)`)).toEqual({
    uri: null,
    data: Uint8Array.of(0, 255),
  });
  expect(await database.value('SELECT to_image(NULL)')).toBeNull();
  const rows = "(VALUES ('a.jpg'), (NULL)) AS t(path)";
  expect(await database.column(`SELECT to_image(path) FROM ${rows}`)).toEqual([{ uri: 'a.jpg', data: null }, null]);
});

test('to_image of something else is an error that names its type', async () => {
  await expect(database.value('SELECT to_image(3)')).rejects.toThrow(
    /to_image: INTEGER is not an image; expected a path/,
  );
});

test.each([
  ["'a.jpg'", 'a.jpg'],
  ["to_image('a.jpg')", 'a.jpg'],
  [String.raw`'\x07\x08'::BLOB`, Uint8Array.of(7, 8)],
  [String.raw`to_image('\x07\x08'::BLOB)`, Uint8Array.of(7, 8)],
])('crop(%s, box) asks for a part of it, and gives what comes as an image', async (image, expected) => {
  expect(await database.value(`SELECT crop(${image}, ${box})`)).toEqual({ uri: null, data: Uint8Array.of(1, 2, 3, 4) });
  expect(calls.flat().map((one) => one.box)).toEqual([[1, 2, 3, 4]]);
  expect(calls.flat().map((one) => (typeof one.image === 'string' ? one.image : Uint8Array.from(one.image)))).toEqual([
    expected,
  ]);
});

test('crop of NULL, of an image without URI and bytes, and of an image that fails, is NULL', async () => {
  const rows = `(VALUES (1, NULL, ${box}), (2, 'broken.jpg', ${box}), (3, 'a.jpg', NULL), (4, 'a.jpg', ${box})) AS t(id, path, box)`;
  const cropped = await database.column(`SELECT crop(path, box) FROM ${rows} ORDER BY id`);
  expect(cropped).toEqual([null, null, null, { uri: null, data: Uint8Array.of(1, 2, 3, 4) }]);
  expect(await database.value(`SELECT crop({'uri': NULL::VARCHAR, 'data': NULL::BLOB}, ${box})`)).toBeNull();
});

test('crop asks for few images at a time, each once', async () => {
  const cropped = await database.column(
    `SELECT (crop('image ' || i, box2d(i % 5, 0, 9, 9))).data FROM range(100) AS t(i) ORDER BY i`,
  );
  expect(cropped).toEqual(Array.from({ length: 100 }, (_, i) => Uint8Array.of(i % 5, 0, 9, 9)));
  expect(Math.max(...calls.map((requests) => requests.length))).toBeLessThanOrEqual(32);
  expect(new Set(calls.flat().map(({ image }) => image))).toHaveLength(100);
  expect(calls.flat()).toHaveLength(100);
});

test('crop of a wrong box is an error, and nothing is asked', async () => {
  await expect(database.value("SELECT crop('a.jpg', {'xmin': 4, 'ymin': 0, 'xmax': 1, 'ymax': 2})")).rejects.toThrow(
    /crop: \(4, 0, 1, 2\) is not a box/,
  );
  expect(calls).toEqual([]);
});

test('crop says what is missing where nothing decodes images', async () => {
  const bare = await openDatabase();
  await expect(bare.value(`SELECT crop('a.jpg', ${box})`)).rejects.toThrow(/open it with \{ vision \}/);
});
