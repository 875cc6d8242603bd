import { describe, expect, it } from 'vitest';
import { addFunction, namedFunction } from '../../src/commands/sql/function-argument.ts';

describe('namedFunction(text)', () => {
  it.each([
    ['coco_name=./coco.ts#name', 'coco_name', './coco.ts#name'],
    ['./mine.ts#spread', 'spread', './mine.ts#spread'],
    ['spread=package', 'spread', 'package'],
  ])('%s', (text, name, place) => {
    expect(namedFunction(text)).toEqual({ name, place });
  });

  it.each(['', './mine.ts', '1a=./mine.ts', './mine.ts#a-b'])('%j has no name', (text) => {
    expect(() => namedFunction(text)).toThrow('expected name=./mine.ts#score');
  });

  it('comes behind those before', () => {
    expect(addFunction('p#b', addFunction('p#a', undefined)).map(({ name }) => name)).toEqual(['a', 'b']);
  });
});
