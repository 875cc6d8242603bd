import { expect, it } from 'vitest';
import { createAllowList } from '../src/open/allow-list.ts';

const isAllowed = (prefix: string, uri: string): boolean => {
  try {
    createAllowList('test', [prefix]).assertAllowed(uri);
    return true;
  } catch {
    return false;
  }
};

it.each([
  ['https://a.org/', 'https://a.org/b.jpg', true],
  ['https://a.org', 'https://A.ORG/b.jpg', true],
  ['https://a.org/', 'http://a.org/b.jpg', false],
  ['https://a.org/', 'https://a.org:444/b.jpg', false],
  ['https://a.org/', 'https://a.org:443/b.jpg', true],
  ['https://a.org/', 'https://a.org.evil.org/b.jpg', false],
  ['https://a.org/', 'https://a.org@evil.org/b.jpg', false],
  ['https://a.org/', 'https://evil.org\\@a.org/b.jpg', false],
  ['https://a.org/in', 'https://a.org/in', true],
  ['https://a.org/in', 'https://a.org/in/b.jpg', true],
  ['https://a.org/in', 'https://a.org/inner/b.jpg', false],
  ['https://a.org/in/', 'https://a.org/in/../b.jpg', false],
  ['https://a.org/in/', 'https://a.org/in/%2e%2e/b.jpg', false],
  ['https://a.org/in/', 'https://a.org/in/..%2fb.jpg', false],
  ['https://a.org/in/', 'https://a.org/in/%252e%252e%252fb.jpg', false],
  ['https://a.org/in/', 'https://a.org/in/..%5Cb.jpg', false],
  ['https://a.org/in/', 'https://a.org/in/a..b.jpg', true],
  ['https://*/', 'https://any.org/b.jpg', true],
  ['https://*.a.org/', 'https://cdn.a.org/b.jpg', true],
  ['https://*.a.org/', 'https://a.org/b.jpg', false],
  ['https://*.a.org/', 'https://evila.org/b.jpg', false],
  ['s3://bucket/in/', 's3://bucket/in/b.jpg', true],
  ['s3://bucket', 's3://bucket/in/b.jpg', true],
  ['s3://bucket', 's3://bucket2/in/b.jpg', false],
  ['s3://bucket/in', 's3://bucket/inner.jpg', false],
  ['s3://bucket/in/', 'https://bucket/in/b.jpg', false],
])('%s allows %s: %s', (prefix, uri, allowed) => {
  expect(isAllowed(prefix, uri)).toBe(allowed);
});

it.each(['photos', 'ftp://a.org/', 'https://me:pw@a.org/', 'https://a.org/?x=1', ''])('%j is no prefix', (prefix) => {
  expect(() => createAllowList('createOpener', [prefix])).toThrow(RangeError);
});
