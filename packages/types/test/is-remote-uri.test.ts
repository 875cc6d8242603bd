import { expect, it } from 'vitest';
import { isRemoteUri } from '../src/index.ts';

it.each([
  ['https://a.org/b.jpg', true],
  ['S3://bucket/b.jpg', true],
  ['file:///a/b.jpg', false],
  ['data:image/png;base64,AA==', false],
  ['photos/b.jpg', false],
  ['C:\\b.jpg', false],
  ['c://b.jpg', false],
  ['', false],
])('isRemoteUri(%j) is %s', (uri, isRemote) => {
  expect(isRemoteUri(uri)).toBe(isRemote);
});
