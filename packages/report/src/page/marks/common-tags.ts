import type { Mark } from '../../selection.ts';

/** The tags that all of these marks have. */
export function commonTags(marks: readonly Mark[]): string[] {
  const [first, ...others] = marks;
  return first ? first.tags.filter((tag) => others.every(({ tags }) => tags.includes(tag))) : [];
}

/** A change of tags, from those that many have in common to others: each keeps its own. */
export function retag(before: readonly string[], after: readonly string[]): (mark: Mark) => Mark {
  const wanted = after.map((tag) => tag.trim());
  return (mark) => ({
    ...mark,
    tags: [...mark.tags.filter((tag) => !before.includes(tag) || wanted.includes(tag)), ...wanted],
  });
}
