import type { Question } from './sampling-statements.ts';

/** What the rows of a statement are ordered by, and how many of them it gives. */
export const orderings: Readonly<Record<Question, { readonly by: string; readonly limit: number }>> = {
  'least confident': { by: 'score', limit: 1000 },
  'smallest margins': { by: 'margin', limit: 10000 },
  'highest entropies': { by: 'entropy', limit: 1000 },
  confused: { by: 'cnt', limit: Infinity },
  counts: { by: 'cnt', limit: Infinity },
};
