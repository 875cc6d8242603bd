import type { ReportData } from '../../report-data.ts';
import { element } from '../element.ts';
import { panel } from '../page-parts.ts';
import { goOn } from '../slices.ts';
import type { Slices } from '../slices.ts';
import type { ViewState } from '../view-state.ts';
import { chartsPanel } from './charts-panel.ts';
import { classPanel } from './class-bars.ts';
import { columnsPanel } from './columns-panel.ts';
import { foldersPanel } from './folders-panel.ts';
import { kindsPanel } from './kinds-panel.ts';
import { modelsPanel } from './models-panel.ts';
import { numbersPanel, sortPanel } from './number-panels.ts';
import { outcomesPanel } from './outcomes-panel.ts';
import { pairsPanel } from './pairs-table.ts';
import type { CreatePanel } from './side-panel.ts';

/** What stands beside the grid. */
export interface SidePanels {
  readonly root: HTMLElement;
  /** Follows a moment later: what is looked at first comes first. */
  update(state: ViewState, shown: readonly number[]): void;
}

/** From the top. One more is a file and a line here. */
const creates: readonly CreatePanel[] = [
  ...[sortPanel, numbersPanel, kindsPanel, outcomesPanel, classPanel, pairsPanel, modelsPanel, foldersPanel],
  ...[columnsPanel, chartsPanel],
];

/** @param select the cells of a state */
export function createSidePanels(
  data: ReportData,
  select: (state: ViewState) => readonly number[],
  change: (part: Partial<ViewState>) => void,
): SidePanels {
  const panels = creates.flatMap((create) => create(data, change) ?? []);
  const folded = panels.map(({ name, root, isFolded = false }) => {
    const made = panel(name, root);
    made.open = !isFolded;
    return made;
  });
  const root = element('aside', { class: 'side', 'aria-label': 'Overview' }, ...folded);
  let timer: ReturnType<typeof setTimeout> | undefined;

  function* draw(state: ViewState, shown: readonly number[]): Slices<HTMLElement> {
    const isOff = (off: Partial<ViewState>): boolean =>
      Object.entries(off).every(([key, value]) => state[key as keyof ViewState] === value);
    const without = (off: Partial<ViewState>): readonly number[] => (isOff(off) ? shown : select({ ...state, ...off }));
    for (const one of panels) {
      one.draw?.({ state, shown, without });
      yield;
    }
    return root;
  }

  function goOnWith(work: Slices<HTMLElement>): void {
    timer = setTimeout(() => {
      const drawn = goOn(work);
      if (drawn) drawn.removeAttribute('aria-busy');
      else goOnWith(work);
    });
  }

  return {
    root,
    update(state, shown) {
      root.setAttribute('aria-busy', 'true');
      clearTimeout(timer);
      goOnWith(draw(state, shown));
    },
  };
}
