import { describe, expect, it } from 'vitest';
import { addModel, namedModel } from '../../src/commands/sql/model-argument.ts';

describe('namedModel(text)', () => {
  it.each([
    ['yolox=models/yolox-nano.json', 'yolox', 'models/yolox-nano.json'],
    ['models/yolox-nano.json', 'yolox_nano', 'models/yolox-nano.json'],
    ['ssd=mlflow:/ssd@champion', 'ssd', 'mlflow:/ssd@champion'],
    ['mlflow:/my-ssd/3', 'my_ssd', 'mlflow:/my-ssd/3'],
    ['a=b=c.json', 'a', 'b=c.json'],
  ])('%s', (text, name, place) => {
    expect(namedModel(text)).toEqual({ name, place });
  });

  it.each(['', '1.json', '=x.json'])('%j has no name', (text) => {
    expect(() => namedModel(text)).toThrow('expected name=spec.json');
  });

  it('comes behind those before', () => {
    expect(addModel('b.json', addModel('a.json', undefined)).map(({ name }) => name)).toEqual(['a', 'b']);
  });
});
