import type { ReportData } from '../report-data.ts';
import type { AlikeActions } from './alike/alike-actions.ts';
import { layerToggles } from './close-up/layer-toggles.ts';
import { createToolbar } from './filters/toolbar.ts';
import { createBatchBar } from './grid/batch-bar.ts';
import type { BatchActions } from './grid/batch-bar.ts';
import { createSizeSlider } from './grid/size-slider.ts';
import { createPageHeader } from './page-header.ts';
import type { SaidOfAll } from './page-header.ts';
import { action } from './page-parts.ts';
import type { ViewState } from './view-state.ts';

/** What stands above the grid. */
export interface PageControls {
  readonly root: HTMLElement;
  readonly search: HTMLInputElement;
  /** Makes them say what the state is, and what is there. */
  set(state: ViewState, seen: SeenOnPage): void;
  /** Hides all boxes, or shows them. */
  toggleLayers(): void;
  /** Says what went wrong; nothing for an empty text. */
  tell(message: string): void;
}

export interface SeenOnPage extends SaidOfAll {
  readonly shown: number;
  /** How many the view is about. */
  readonly total: number;
  readonly selected: number;
  /** To filter by. */
  readonly tags: readonly string[];
  readonly canUndo: boolean;
}

/** What the page does that is neither a filter nor a mark. */
export interface PageActions {
  answer(): void;
  export(): void;
  print(): void;
  help(): void;
}

export interface PageControlsParts {
  readonly actions: PageActions;
  readonly batch: BatchActions;
  readonly alike: Pick<AlikeActions, 'controls' | 'ofSelected'>;
  change(part: Partial<ViewState>): void;
}

export function createPageControls(
  data: ReportData,
  { actions, batch, alike, change }: PageControlsParts,
): PageControls {
  const layers = layerToggles(data.layers);
  const size = createSizeSlider((wanted) => change({ size: wanted }));
  const toolbar = createToolbar(data, change);
  const bar = createBatchBar(data, batch, alike.ofSelected);
  const header = createPageHeader(data, {
    controls: [toolbar.root, bar.root],
    look: [...alike.controls, ...layers.buttons, size.root],
    actions: [
      action('Answer', 'q', actions.answer),
      action('Export', 'e', actions.export),
      action('Print', 'Ctrl+P', actions.print),
      action('Keys', '?', actions.help),
    ],
  });
  return {
    root: header.root,
    search: toolbar.search,
    toggleLayers: layers.toggleAll,
    tell: header.tell,
    set(state, { shown, total, selected, tags, canUndo, marks, answers }) {
      size.set(state.size);
      toolbar.set(state, { tags, isAnswered: answers.all + answers.some > 0 });
      header.count(shown, total, selected, { marks, answers });
      header.viewed(state);
      bar.set(selected, canUndo);
    },
  };
}
