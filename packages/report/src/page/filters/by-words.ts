import { decidingOf, shownBy } from '../cells/deciding-at.ts';
import { wordsAt } from '../cells/words-at.ts';
import type { Filter } from './filter.ts';

const longest = 200;

/** All these words, or parts of words, in the image's name, its classes and the words that it
 * brings along.
 */
export const words: Filter<string> = {
  off: '',
  read: (text) => text.slice(0, longest),
  words: (wanted) => `“${wanted.trim()}”`,
  over(data) {
    const { cells, labels } = data;
    const texts: string[][] = [];
    return {
      test(wanted, { sort }) {
        const parts = wanted.toLowerCase().split(/\s+/).filter(Boolean);
        const { label, second } = decidingOf(data, sort);
        const known = (texts[shownBy(data, sort)] ??= []);
        const textOf = (index: number): string =>
          (known[index] ??= [
            ...[cells.image[index], labels[label[index]!] ?? '', labels[second[index]!] ?? ''],
            ...wordsAt(data, index).map(([, word]) => word),
          ]
            .join(' ')
            .toLowerCase());
        return (index) => parts.every((part) => textOf(index).includes(part));
      },
    };
  },
};
