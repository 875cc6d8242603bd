import { describe, expect, it } from 'vitest';
import { declaredBy } from '../src/declared.ts';

describe('declaredBy(metadata)', () => {
  it("reads what Ultralytics' exports say", () => {
    // As ultralytics 8.4 writes it: Python's repr of a dict and a list, height first.
    const metadata = {
      author: 'Ultralytics',
      ...{ task: 'detect', stride: '32', imgsz: '[480, 640]' },
      names: `{0: 'person', 1: "driver's seat", 2: 'it\\'s "on"'}`,
    };
    expect(declaredBy(metadata)).toEqual({
      labels: [
        { id: 0, name: 'person' },
        { id: 1, name: "driver's seat" },
        { id: 2, name: 'it\'s "on"' },
      ],
      size: { width: 640, height: 480 },
      unread: null,
      task: 'detect',
      isUltralytics: true,
    });
  });

  it.each([
    ['JSON', { names: '["cat","dog"]' }],
    ["Hugging Face's id2label", { id2label: '{"0":"cat","1":"dog"}' }],
    ['a list with commas', { classes: 'cat, dog' }],
    ['a Python list', { labels: "['cat', 'dog']" }],
  ])('reads names as %s', (_, metadata) => {
    const { labels, isUltralytics } = declaredBy(metadata as unknown as Record<string, string>);
    expect(labels?.map(({ name }) => name)).toEqual(['cat', 'dog']);
    expect(isUltralytics).toBe(false);
  });

  it.each([
    ['no YAML', '{0: [}'],
    ['an object of names', '{cat: 0, dog: 1}'],
    ['one word', 'cat'],
    ['a bomb of aliases', '{0: &a [x, x], 1: [*a, *a]}'],
    ['an empty name', 'cat,,dog'],
    ['too much', `{0: '${'x'.repeat(2 ** 20)}'}`],
  ])('passes over names that are %s', (_, names) => {
    expect(declaredBy({ names })).toMatchObject({ labels: null, unread: 'names' });
  });

  it('knows nothing of a file without metadata', () => {
    expect(declaredBy({})).toEqual({ labels: null, unread: null, size: null, task: null, isUltralytics: false });
  });
});
