import type { OutcomePair } from '../../outcome-pairs.ts';
import type { ReportData } from '../../report-data.ts';
import { outcomeOf, outcomes, pairsOfCells, pairWords } from '../cells/outcomes.ts';
import type { Outcome } from '../cells/outcomes.ts';
import { columnFilter, readPlace } from './filter.ts';
import type { CellFilter, Filter } from './filter.ts';

/** What became of a box, or of one of an image's. */
export const outcome: Filter<Outcome | null> = {
  off: null,
  read: (text, { cells }) => (cells.partners ? (outcomes.find(([name]) => name === text)?.[0] ?? null) : null),
  over: overPairs((wanted) => (pair) => outcomeOf(pair) === wanted),
  words: (wanted) => outcomes.find(([name]) => name === wanted)![1],
};

/** What was drawn, and what was found there, as places in `labels`; -1 for nothing. */
export const taken: Filter<OutcomePair | null> = {
  off: null,
  read(text, { labels, cells }) {
    const [drawn, found] = text.split(',').map((part) => (part === '-1' ? -1 : readPlace(part, labels.length)));
    return cells.partners && drawn != null && found != null && Math.max(drawn, found) >= 0 ? [drawn, found] : null;
  },
  over: overPairs(
    (wanted) =>
      ([drawn, found]) =>
        drawn === wanted![0] && found === wanted![1],
  ),
  words: (wanted, data) => pairWords(data, wanted!),
};

/** A place in `kinds`. */
export const kind: Filter<number | null> = columnFilter<number | null>({
  off: null,
  read: (text, { kinds = [] }) => readPlace(text, kinds.length),
  test:
    (wanted, { cells }) =>
    (index) =>
      cells.kind?.[index] === wanted,
  words: (wanted, { kinds }) => kinds![wanted!]!,
});

function overPairs<Value>(testOf: (wanted: Value) => (pair: OutcomePair) => boolean) {
  return (data: ReportData): CellFilter<Value> => {
    const pairsOf = pairsOfCells(data);
    return {
      test(wanted) {
        const isAsked = testOf(wanted);
        return (index) => pairsOf(index).some(isAsked);
      },
    };
  };
}
