import { outcomeOf, outcomes, pairsOfCells, pairWords } from '../cells/outcomes.ts';
import { element } from '../element.ts';
import { heading, things } from '../words.ts';
import { classTable } from './class-table.ts';
import { countButtons } from './count-buttons.ts';
import type { CreatePanel, PanelView } from './side-panel.ts';

/** What people drew, and what the model found there. */
export const outcomesPanel: CreatePanel = (data, change) => {
  const { outcomeOrder, labels, by, kinds } = data;
  if (!outcomeOrder) return null;
  const root = element('div');
  const pairsOf = pairsOfCells(data);
  // The kinds of a list of errors say more.
  const hasOutcomes = !kinds;
  return {
    ...{ name: 'Compared with labels', root },
    draw(view) {
      root.replaceChildren(...(hasOutcomes ? [outcomeButtons(view)] : []), table(view));
    },
  };

  function outcomeButtons({ state, without }: PanelView): HTMLElement {
    const counts = countEach(without({ outcome: null, taken: null }), outcomeOf);
    const all = outcomes.map(([value, name, words]) => ({ value, name, words, count: counts.get(value) ?? 0 }));
    return countButtons(`${heading(things(by))} by what became of them`, all, {
      chosen: state.outcome,
      onChoose: (outcome) => change({ outcome, taken: null }),
    });
  }

  function table({ state, without }: PanelView): HTMLElement {
    const counts = countEach(without({ taken: null }), String);
    return classTable({
      caption: 'Drawn, down, and found, across',
      places: [-1, ...outcomeOrder!],
      nameOf: (place) => labels[place] ?? 'nothing',
      count: (pair) => counts.get(String(pair)) ?? 0,
      words: (pair) => pairWords(data, pair),
      diagonal: false,
      chosen: state.taken,
      onChoose: (taken) => change({ taken }),
    });
  }

  /** How many cells have what, each of which counts once. */
  function countEach<Key>(
    indices: readonly number[],
    keyOf: (pair: readonly [number, number]) => Key,
  ): Map<Key, number> {
    const counts = new Map<Key, number>();
    for (const index of indices)
      for (const key of new Set(pairsOf(index).map(keyOf))) counts.set(key, (counts.get(key) ?? 0) + 1);
    return counts;
  }
};
