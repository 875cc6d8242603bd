import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { Image } from '@qualm/types';
import { toImageRecord } from '../src/image-records.ts';

const bytes = Uint8Array.of(1, 2, 3);

it.each<[string, unknown, string | number, string | null]>([
  ['a path', '/photos/a.jpg', '/photos/a.jpg', '/photos/a.jpg'],
  ['a URL', pathToFileURL('/photos/a b.jpg'), 'file:///photos/a%20b.jpg', 'file:///photos/a%20b.jpg'],
  ['an Image', Image.fromUri('a.jpg'), 'a.jpg', 'a.jpg'],
  ['an Image of another copy', { uri: 'a.jpg', bytes: null }, 'a.jpg', 'a.jpg'],
  ['a record', { image_id: 'x', image: Image.fromUri('a.jpg') }, 'x', 'a.jpg'],
  ['a record with a path', { image_id: 5, image: 'a.jpg' }, 5, 'a.jpg'],
  ['a record without an id', { image_id: null, image: 'a.jpg' }, 'a.jpg', 'a.jpg'],
  ['a Buffer', Buffer.from(bytes), 7, null],
  ['a Uint8Array', bytes, 7, null],
  ['an ArrayBuffer', bytes.slice().buffer, 7, null],
  ['a Blob', new Blob([bytes]), 7, null],
  ['a record with bytes', { image_id: 5, image: bytes }, 5, null],
])('toImageRecord(%s)', async (_, item, image_id, uri) => {
  const record = await toImageRecord(item, 7);
  expect([record.image_id, record.image.uri, record.error]).toEqual([image_id, uri, undefined]);
  if (uri === null) expect([...record.image.bytes!]).toEqual([1, 2, 3]);
});

const wanted = 'expected a path, a URI, an Image or the bytes of an image file';

it.each<[string, unknown, string, string]>([
  ['null', null, 'image-missing', 'null'],
  ['undefined', undefined, 'image-missing', 'undefined'],
  ['NaN', NaN, 'image-missing', 'NaN'],
  ['an empty text', '', 'image-missing', 'an empty text'],
  ['a number', 5, 'image-invalid', '5'],
  ['true', true, 'image-invalid', 'a boolean'],
  ['a function', () => 1, 'image-invalid', 'a function'],
  ['an object', { path: 'a.jpg' }, 'image-invalid', 'a value of type Object'],
  ['an object of no class', Object.create(null), 'image-invalid', 'a value of type object'],
  ['a list', ['a.jpg'], 'image-invalid', 'a value of type Array'],
  ['floats', new Float32Array(3), 'image-invalid', 'a value of type Float32Array'],
  ['a record of null', { image_id: 3, image: null }, 'image-missing', 'null'],
])('toImageRecord(%s) is a record with an error', async (_, item, code, what) => {
  const { image, error } = await toImageRecord(item, 7);
  expect(error).toEqual({ code, message: `predict: the image of row 7 is ${what}; ${wanted}` });
  expect(image.bytes).toHaveLength(0);
});

it('toImageRecord(record) keeps the error that it has', async () => {
  const error = { code: 'path-outside', message: 'leaves the folder' };
  expect(await toImageRecord({ image_id: 1, image: null, error }, 7)).toMatchObject({ image_id: 1, error });
});
