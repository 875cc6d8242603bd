import { expect, it } from 'vitest';
import { ambiguousNames, idsByName } from '../src/labels/labelled-images.ts';

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

const labelsOf = (...labels: readonly (readonly [id: number, name: string])[]) =>
  labels.map(([id, name]) => ({ id, name }));

it('idsByName(labels, ofDataset) joins classes that share a name in their order, where both have as many', () => {
  const dataset = labelsOf([4, 'cat'], [6, 'dog'], [8, 'cat']);
  const model = labelsOf([3, 'cat'], [5, 'dog'], [7, 'cat']);
  expect([...idsByName(model, dataset)]).toEqual([
    [3, 4],
    [5, 6],
    [7, 8],
  ]);
  expect(ambiguousNames(model, dataset)).toEqual([]);
});

it('ambiguousNames(labels, ofDataset) are those that a dataset has more or less often than the model', () => {
  const dataset = labelsOf([4, 'cat'], [6, 'dog'], [8, 'cat'], [9, 'yeti'], [10, 'yeti']);
  const model = labelsOf([3, 'cat'], [5, 'dog'], [7, 'dog']);
  expect(ambiguousNames(model, dataset)).toEqual(['cat']);
  expect([...idsByName(model, dataset)]).toEqual([
    [3, 8],
    [5, 6],
    [7, 6],
  ]);
});
