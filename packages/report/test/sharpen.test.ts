import { afterEach, expect, it, vi } from 'vitest';
import { showSharp, timesNeeded } from '../src/page/picture/sharpen.ts';

afterEach(() => void vi.unstubAllGlobals());

it.each([
  ['a small cell', 168, 200, 1000, 1],
  ['one that is a little larger', 230, 200, 1000, 1],
  ['a dense screen', 336, 200, 1000, 2],
  ['a large cell on a dense screen', 960, 200, 1000, 4],
  ['an image that has no more pixels', 960, 200, 200.4, 1],
  ['an image of unknown width', 336, 200, 0, 2],
] as const)('timesNeeded for %s', (_what, shown, has, whole, times) => {
  expect(timesNeeded(shown, has, whole)).toBe(times);
});

/** Shows a picture in a cell, and says where it came from, each time. */
function shownIn(clientWidth: number, src: string): string[] {
  vi.stubGlobal('devicePixelRatio', 2);
  const asked: string[] = [];
  let loaded = (): void => undefined;
  const image = {
    ...{ clientWidth, naturalWidth: 200 },
    set src(next: string) {
      asked.push(next);
    },
    addEventListener: (_name: string, listener: () => void) => (loaded = listener),
  };
  showSharp(image as unknown as HTMLImageElement, src, 1000);
  loaded();
  return asked;
}

it('showSharp(image, src) asks a server for a larger picture where it is needed, and at once the next time', () => {
  expect(shownIn(100, 'thumbnail/7')).toEqual(['thumbnail/7']);
  expect(shownIn(168, 'thumbnail/7')).toEqual(['thumbnail/7', 'thumbnail/7/2']);
  expect(shownIn(100, 'thumbnail/7')).toEqual(['thumbnail/7/2']);
  expect(shownIn(480, 'thumbnail/7')).toEqual(['thumbnail/7/2', 'thumbnail/7/4']);
  expect(shownIn(480, 'thumbnail/7')).toEqual(['thumbnail/7/4']);
});

it('showSharp(image, src) shows pictures of files, and whole images, as they are', () => {
  for (const src of ['data:image/png;base64,', 'thumbnails/ab/0/1.jpg', 'image/3'])
    expect(shownIn(400, src)).toEqual([src]);
});
