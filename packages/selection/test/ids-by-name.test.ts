import { expect, it } from 'vitest';
import { idsByName } from '../src/labels/labelled-images.ts';

it('idsByName(labels of a model, of a dataset) joins names in whatever Unicode form', () => {
  const model = ['café'.normalize('NFD'), 'tea', 'Tea'].map((name, id) => ({ id, name }));
  const dataset = [
    { id: 7, name: 'café'.normalize('NFC') },
    { id: 8, name: 'tea' },
  ];
  expect([...idsByName(model, dataset)]).toEqual([
    [0, 7],
    [1, 8],
  ]);
});
