import { describe, expect, test } from 'vitest';
import { createImagesAhead } from '../../src/host/images-ahead.ts';

const following = { length: 4, at: (index: number) => ['c', 'd', 'e', 'f'][index] };

const unchanged = (): string => 'as it was';

describe('createImagesAhead(images, following)', () => {
  test('gives out what was asked for and as many as are to be ahead', async () => {
    const images = createImagesAhead(['a', 'b'], following, unchanged);
    images.ask(2, 1);
    const given = reader(images);
    expect([await given(), await given(), await given()]).toEqual(['a', 'b', 'c']);
    expect(await given()).toBe('waits');
    images.ask(2, 1);
    expect([await given(), await given()]).toEqual(['d', 'e']);
    expect(await given()).toBe('waits');
  });

  test('ends with the last that follow, asked for or not', async () => {
    const images = createImagesAhead(['a', 'b'], following, unchanged);
    images.ask(2, 100);
    expect(await all(images)).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
  });

  test('knows whether images are the next ones', () => {
    const images = createImagesAhead(['a', 'b'], following, unchanged);
    expect(images.continuesWith(['a', 'b'])).toBe(true);
    images.ask(2, 1);
    expect(images.continuesWith(['c', 'd', 'e'])).toBe(true);
    expect(images.continuesWith(['d', 'e'])).toBe(false);
    expect(images.continuesWith(['c', 'd', 'e', 'f', 'g'])).toBe(false);
    expect(images.areAllAsked).toBe(false);
    images.ask(4, 1);
    expect(images.areAllAsked).toBe(true);
  });

  test('does not go on with an image that changed since it was given out', async () => {
    const states: Record<string, string> = { c: 'before', d: 'before' };
    const images = createImagesAhead(['a', 'b'], following, (image) => states[image as string] ?? null);
    images.ask(2, 1);
    const given = reader(images);
    expect([await given(), await given(), await given()]).toEqual(['a', 'b', 'c']);
    states['d'] = 'after';
    expect(images.continuesWith(['c', 'd'])).toBe(true);
    states['c'] = 'after';
    expect(images.continuesWith(['c', 'd'])).toBe(false);
  });

  test('ends after the images where nothing follows', async () => {
    const images = createImagesAhead(['a', new Uint8Array([1])], null, unchanged);
    images.ask(2, 5);
    expect(images.areAllAsked).toBe(true);
    expect(await all(images)).toEqual(['a', new Uint8Array([1])]);
  });
});

/** Reads one after the other; `waits` where the next is held back. */
function reader(images: AsyncIterable<string | Uint8Array>): () => Promise<unknown> {
  const iterator = images[Symbol.asyncIterator]();
  let pending: Promise<unknown> | null = null;
  return async () => {
    pending ??= iterator.next().then(({ value }) => value);
    const waits = new Promise((resolve) => setTimeout(resolve, 20, 'waits'));
    const found = await Promise.race([pending, waits]);
    if (found !== 'waits') pending = null;
    return found;
  };
}

async function all<T>(images: AsyncIterable<T>): Promise<readonly T[]> {
  const found: T[] = [];
  for await (const image of images) found.push(image);
  return found;
}
