import type { ReportData } from '../../report-data.ts';
import type { ViewState } from '../view-state.ts';

/** A part of the side: it counts what is shown, and narrows it. */
export interface SidePanel {
  /** What it is called. */
  readonly name: string;
  readonly root: HTMLElement;
  /** Whether it is folded at first. */
  readonly isFolded?: boolean;
  /** Draws it anew; absent where it always says the same. */
  draw?(seen: PanelView): void;
}

/** What a panel is drawn from. */
export interface PanelView {
  readonly state: ViewState;
  /** The cells that are shown. */
  readonly shown: readonly number[];
  /** The cells that would be without these filters, a panel's own. */
  without(off: Partial<ViewState>): readonly number[];
}

/** Makes a panel of a page; null where its data has nothing for it. */
export type CreatePanel = (data: ReportData, change: (part: Partial<ViewState>) => void) => SidePanel | null;
