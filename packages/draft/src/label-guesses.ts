import { counted } from '@qualm/types';
import type { Label } from '@qualm/types';
import { labelListNames, namedLabels } from '@qualm/types/labels';
import type { Declared } from './declared.ts';

/** Labels of a draft, and where they are from. */
export interface LabelGuesses {
  of(numLabels: number): readonly Label[];
  /** What is known or guessed of so many labels. */
  words(numLabels: number): { readonly known: readonly string[]; readonly guessed: readonly string[] };
}

/** The names that the file has; else those of a well-known list of that length; else numbers. */
export function createLabelGuesses({ labels, unread }: Declared): LabelGuesses {
  const classes = (count: number): string => counted(count, 'class', 'classes');
  const isNamed = (numLabels: number): boolean => labels?.length === numLabels;
  const unusedWords = (numLabels: number): string[] => {
    if (labels)
      return [`the file names ${classes(labels.length)}, its outputs have ${numLabels}: the names are not used`];
    return unread === null ? [] : [`the file has names of classes under "${unread}" that cannot be read`];
  };
  return {
    of: (numLabels) => (isNamed(numLabels) ? labels! : (namedLabels(listOf(numLabels) ?? '') ?? numbered(numLabels))),
    words: (numLabels) => {
      if (isNamed(numLabels))
        return { known: [`${classes(numLabels)}, named in the file: ${namesOf(labels!)}`], guessed: [] };
      const list = listOf(numLabels);
      const guess = list
        ? `${classes(numLabels)}, which are as many as those of ${list}: ${namesOf(namedLabels(list)!)}`
        : `${classes(numLabels)} without names; write their names into "labels", or the name of a file that has them`;
      return { known: [], guessed: [...unusedWords(numLabels), guess] };
    },
  };
}

/** The first list of that length. */
function listOf(numLabels: number): string | undefined {
  return labelListNames.find((name) => namedLabels(name)!.length === numLabels);
}

function numbered(numLabels: number): Label[] {
  return Array.from({ length: numLabels }, (_, id) => ({ id, name: `class ${id}` }));
}

function namesOf(labels: readonly Label[]): string {
  const names = labels.slice(0, 5).map(({ name }) => name);
  return names.join(', ') + (labels.length > names.length ? ', ...' : '');
}
