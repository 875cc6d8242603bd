import { expect, it } from 'vitest';
import { maskUri } from '../src/index.ts';

it.each([
  ['https://a.org/b.jpg', 'https://a.org/b.jpg'],
  ['https://me:pw@a.org:81/b.jpg', 'https://a.org:81/b.jpg'],
  ['https://me:p@w@a.org/b.jpg', 'https://a.org/b.jpg'],
  ['https://a.org/b.jpg?id=7&size=l', 'https://a.org/b.jpg?id=7&size=l'],
  [
    'https://a.org/b?X-Amz-Credential=AK%2Fs3&X-Amz-Signature=3a&v',
    'https://a.org/b?X-Amz-Credential=***&X-Amz-Signature=***&v',
  ],
  ['https://a.blob/b?sv=2&sig=abc%3D', 'https://a.blob/b?sv=2&sig=***'],
  ['https://a.org/b?access_token=x#frag', 'https://a.org/b?access_token=***'],
  [`https://a.org/b?${'x'.repeat(50)}`, 'https://a.org/b?***'],
  [`https://a.org/b?q=${'x'.repeat(50)}`, 'https://a.org/b?q=***'],
  ['s3://bucket/a?token=b.jpg', 's3://bucket/a?token=b.jpg'],
  ['photos/a?token=1.jpg', 'photos/a?token=1.jpg'],
  ['C:\\photos\\a.jpg', 'C:\\photos\\a.jpg'],
])('maskUri(%j) is %j', (uri, shown) => {
  expect(maskUri(uri)).toBe(shown);
});
