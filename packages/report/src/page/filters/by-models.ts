import { modelOutcomes, outcomesOf, outcomeWords } from '../cells/compared-at.ts';
import type { ModelOutcome } from '../cells/compared-at.ts';
import { columnFilter } from './filter.ts';
import type { Filter } from './filter.ts';

/** Boxes of which two models say this; images with one such thing at least. */
export const models: Filter<ModelOutcome | null> = columnFilter<ModelOutcome | null>({
  off: null,
  read: (text, { cells }) => (cells.pairs ? (modelOutcomes.find((outcome) => outcome === text) ?? null) : null),
  test(wanted, data) {
    const counts = outcomesOf(data)[wanted!];
    return (index) => counts[index]! > 0;
  },
  words: (wanted, { layers }) => outcomeWords(wanted!, layers),
});
