import { expect, it } from 'vitest';
import { declaredBy } from '../src/declared.ts';
import { createLabelGuesses } from '../src/label-guesses.ts';

const namesOf = (metadata: Readonly<Record<string, string>>, numLabels: number): readonly string[] => {
  const { known, guessed } = createLabelGuesses(declaredBy(metadata)).words(numLabels);
  return [...known, ...guessed];
};

it('labels are those of the file, of a list of that length, or numbers', () => {
  expect(namesOf({ names: '["cat","dog"]' }, 2)).toEqual(['2 classes, named in the file: cat, dog']);
  expect(namesOf({}, 80)).toEqual([expect.stringMatching(/^80 classes, .* coco-80: person, bicycle/)]);
  expect(namesOf({}, 3)).toEqual([expect.stringMatching(/^3 classes without names; /)]);
  expect(createLabelGuesses(declaredBy({})).of(2)).toEqual([
    { id: 0, name: 'class 0' },
    { id: 1, name: 'class 1' },
  ]);
});

it('names that are not used are said', () => {
  expect(namesOf({ names: '["cat","dog"]' }, 3)[0]).toBe(
    'the file names 2 classes, its outputs have 3: the names are not used',
  );
  expect(namesOf({ names: '{0: [}' }, 3)[0]).toBe('the file has names of classes under "names" that cannot be read');
});
