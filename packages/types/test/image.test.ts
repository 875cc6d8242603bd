import { describe, expect, it } from 'vitest';
import { Image } from '../src/index.ts';

it('an image is a URI or bytes', () => {
  expect(Image.fromUri('/a/b.jpg')).toMatchObject({ uri: '/a/b.jpg', bytes: null });
  const bytes = Uint8Array.of(1, 2);
  expect(Image.fromBytes(bytes).bytes).toBe(bytes);
  expect(Image.fromBytes(bytes).uri).toBeNull();
});

describe('image.equals(other)', () => {
  it.each([
    ['/a/b', '/a/b'],
    ['/a/b', 'file:///a/b'],
    ['file:/a/b', 'file:///a/b'],
    ['file://localhost/a/b', 'FILE:///a/b'],
    ['/a b/c.jpg', 'file:///a%20b/c.jpg'],
    ['/a#1.jpg', 'file:///a%231.jpg'],
    ['/100%.jpg', 'file:///100%25.jpg'],
    ['/100%.jpg', 'file:///100%.jpg'],
    ['/a%20b.jpg', 'file:///a%2520b.jpg'],
    ['/é/日本.jpg', 'file:///%C3%A9/%E6%97%A5%E6%9C%AC.jpg'],
    ['/é.jpg', 'file:///é.jpg'],
    ['/a?b.jpg', 'file:///a%3Fb.jpg'],
    ['C:\\a\\b.jpg', 'file:///C:/a/b.jpg'],
    ['C:/a/b.jpg', 'C:\\a\\b.jpg'],
    ['s3://bucket/a.jpg', 's3://bucket/a.jpg'],
  ])('%s equals %s', (first, second) => {
    expect(Image.fromUri(first).equals(Image.fromUri(second))).toBe(true);
    expect(Image.fromUri(second).equals(Image.fromUri(first))).toBe(true);
  });

  it.each([
    ['/a/b', '/a/c'],
    ['/a/b', 'a/b'],
    ['/a b.jpg', '/a%20b.jpg'],
    ['/a', 'file:///a%23b'],
    ['/a/b', 'file:///a%2Fb'],
    ['/a/b', 'file://host/a/b'],
    ['/a/b', 'https://host/a/b'],
    ['s3://bucket/a%20b.jpg', 's3://bucket/a b.jpg'],
  ])('%s is not %s', (first, second) => {
    expect(Image.fromUri(first).equals(Image.fromUri(second))).toBe(false);
    expect(Image.fromUri(second).equals(Image.fromUri(first))).toBe(false);
  });

  it('compares bytes by value, and never with a URI', () => {
    const image = Image.fromBytes(Uint8Array.of(1, 2, 3));
    expect(image.equals(Image.fromBytes(Uint8Array.of(1, 2, 3)))).toBe(true);
    expect(image.equals(Image.fromBytes(Uint8Array.of(1, 2, 4)))).toBe(false);
    expect(image.equals(Image.fromBytes(Uint8Array.of(1, 2)))).toBe(false);
    expect(image.equals(Image.fromUri('/a'))).toBe(false);
    expect(Image.fromUri('/a').equals(image)).toBe(false);
  });
});
