/** Words of cells, each kept once. */
export interface WordCollector {
  /** As a `WordColumn`. */
  readonly column: { readonly values: string[]; readonly places: (number | null)[] };
  /** Where a word is among those that are kept; null for none. */
  place(word: string | null): number | null;
}

export function createWordColumn(): WordCollector {
  const known = new Map<string, number>();
  const column: WordCollector['column'] = { values: [], places: [] };
  return {
    column,
    place(word) {
      if (word === null) return null;
      return known.get(word) ?? known.set(word, column.values.push(word) - 1).get(word)!;
    },
  };
}
