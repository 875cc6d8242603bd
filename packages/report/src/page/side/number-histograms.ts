import type { ReportData } from '../../report-data.ts';
import { shownBy } from '../cells/deciding-at.ts';
import { withRange } from '../filters/by-ranges.ts';
import { createHistogram } from '../numbers/histogram.ts';
import type { Histogram } from '../numbers/histogram.ts';
import { numberBins } from '../numbers/number-bins.ts';
import type { PageNumber } from '../numbers/page-number.ts';
import type { ViewState } from '../view-state.ts';
import { heading, things } from '../words.ts';
import type { PanelView } from './side-panel.ts';

/** The histograms of a page's numbers, each made when it is asked for first. */
export interface NumberHistograms {
  /** That of a number, of the cells that all filters but its own let through; null where no cell
   * has the number.
   */
  drawn(number: PageNumber, seen: PanelView): HTMLElement | null;
}

export function createNumberHistograms(data: ReportData, change: (part: Partial<ViewState>) => void): NumberHistograms {
  const made = new Map<string, Histogram | null>();
  /** What all filters but a number's own let through. */
  const others = new Map<string, readonly number[]>();
  let { ranges } = { ranges: {} } as Pick<ViewState, 'ranges'>;

  function make(number: PageNumber, shows: number): Histogram | null {
    const bins = numberBins(number, number.values(shows));
    return (
      bins &&
      createHistogram(number, bins, {
        caption: `${heading(things(data.by))} by ${number.words}`,
        onChoose: (range) => change({ ranges: withRange(ranges, number.key, range) }),
      })
    );
  }

  return {
    drawn(number, { state, shown, without }) {
      ranges = state.ranges;
      const shows = shownBy(data, state.sort);
      const key = `${number.key},${number.isOfBox ? shows : ''}`;
      if (!made.has(key)) made.set(key, make(number, shows));
      const histogram = made.get(key)!;
      if (!histogram) return null;
      const own = ranges[number.key] ?? null;
      const isSame = histogram.isHeld() && others.has(number.key);
      if (!own) others.delete(number.key);
      else if (!isSame) others.set(number.key, without({ ranges: withRange(ranges, number.key, null) }));
      histogram.draw(others.get(number.key) ?? shown, own);
      return histogram.root;
    },
  };
}
