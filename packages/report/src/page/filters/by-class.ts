import { decidingOf } from '../cells/deciding-at.ts';
import { columnFilter, readPlace } from './filter.ts';
import type { Filter } from './filter.ts';

/** The best class and the second best, as places in `labels`. */
export type ClassPair = readonly [best: number, second: number];

/** The best class, as a place in `labels`. */
export const label: Filter<number | null> = columnFilter<number | null>({
  off: null,
  read: (text, { labels }) => readPlace(text, labels.length),
  test(wanted, data, { sort }) {
    const deciding = decidingOf(data, sort);
    return (index) => deciding.label[index] === wanted;
  },
  words: (wanted, { labels }) => labels[wanted!]!,
});

export const pair: Filter<ClassPair | null> = columnFilter<ClassPair | null>({
  off: null,
  read(text, { labels }) {
    const [first, second] = text.split(',').map((part) => readPlace(part, labels.length));
    return first != null && second != null ? [first, second] : null;
  },
  test(wanted, data, { sort }) {
    const deciding = decidingOf(data, sort);
    return (index) => deciding.label[index] === wanted![0] && deciding.second[index] === wanted![1];
  },
  words: (wanted, { labels }) => `${labels[wanted![0]]} or ${labels[wanted![1]]}`,
});
