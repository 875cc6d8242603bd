import { columnFilter } from './filter.ts';
import type { Filter } from './filter.ts';

const markNames: Readonly<Record<string, string>> = { accept: 'accepted', reject: 'rejected', none: 'not marked' };

/** A verdict, `none`, or a tag after `#`. */
export const mark: Filter<string | null> = columnFilter<string | null>({
  off: null,
  read: (text) => (/^(accept|reject|none|#.+)$/s.test(text) ? text : null),
  test(wanted, { cells: { id } }, { marks }) {
    if (wanted!.startsWith('#')) {
      const tag = wanted!.slice(1);
      return (index) => marks.get(id[index]!)?.tags.includes(tag) ?? false;
    }
    return (index) => (marks.get(id[index]!)?.verdict ?? 'none') === wanted;
  },
  words: (wanted) => markNames[wanted!] ?? wanted!,
});
