import { counted, countText } from '@qualm/types';
import type { ReportData } from '../../report-data.ts';
import type { ReportRegion } from '../../report-options.ts';
import { countPairs } from '../cells/outcomes.ts';
import type { CountedPairs } from '../cells/outcomes.ts';
import { element } from '../element.ts';
import { createRegionFilter } from '../filters/region-filter.ts';
import type { ViewState } from '../view-state.ts';
import { thingWords } from '../words.ts';

/** Parts of a chart of the whole set, some of which the page may lack. */
export interface ChartParts {
  /** What lies over the picture: for pointers, as cells may be too small for a finger. */
  readonly over: HTMLElement;
  /** The same as a list, the largest first, and what was said of the last click. */
  readonly list: HTMLElement;
  draw(state: ViewState): void;
}

/** @param change narrows the grid to a part */
export function createChartParts(
  data: ReportData,
  regions: readonly ReportRegion[],
  change: (part: Partial<ViewState>) => void,
): ChartParts {
  let state: ViewState | null = null;
  let parts: readonly ReturnType<typeof createPart>[] | null = null;
  const over = element('div', { class: 'regions', 'aria-hidden': 'true' });
  const said = element('p', { class: 'chart-said', role: 'status' });
  const list = element('ul');

  function createPart(
    { words, total = 0, filter: asked, x, y, width, height }: ReportRegion,
    countOf: ReturnType<typeof countPairs>,
  ) {
    const here = asked?.taken ? countOf(asked.taken) : { pairs: 0, cells: 0 };
    const filter = asked && here.pairs > 0 ? createRegionFilter(data, asked) : null;
    const name = `${words}: ${hereWords(data, here, total)}`;
    const place = element('span', { title: name });
    const sides = { left: x, top: y, width, height };
    for (const [side, part] of Object.entries(sides)) place.style.setProperty(side, `${100 * part}%`);
    const button = element(
      'button',
      { type: 'button', title: name, 'aria-disabled': String(!filter) },
      `${words} `,
      element('span', { class: 'count-of' }, `${countText(here.pairs)} of ${countText(total)}`),
    );
    const choose = (): void => {
      if (!filter) said.textContent = name;
      else if (state) change(filter.isOn(state) ? filter.off(state) : filter.on(state));
    };
    for (const one of [place, button]) one.addEventListener('click', choose);
    return { place, button, filter, name, total };
  }

  /** Once, after the grid: all cells are counted. */
  function createParts(): ReturnType<typeof createPart>[] {
    const countOf = countPairs(data);
    const made = regions.map((region) => createPart(region, countOf));
    over.append(...made.map(({ place }) => place));
    const largest = made.toSorted((one, two) => two.total - one.total);
    list.append(...largest.map(({ button }) => element('li', {}, button)));
    return made;
  }

  const folded = element('details', { class: 'chart-list' }, element('summary', {}, 'As a list'), list);
  return {
    over,
    list: element('div', {}, said, folded),
    draw(next) {
      state = next;
      parts ??= createParts();
      said.textContent = '';
      for (const { place, button, filter, name } of parts) {
        const isOn = filter?.isOn(next) ?? false;
        place.classList.toggle('chosen', isOn);
        button.setAttribute('aria-pressed', String(isOn));
        if (isOn) said.textContent = name;
      }
    },
  };
}

/** `12 of the 340 are on this page`. */
function hereWords(
  { by, cells }: Pick<ReportData, 'by' | 'cells'>,
  { pairs, cells: count }: CountedPairs,
  total: number,
): string {
  const page = `on this page, which has ${thingWords(by, cells.id.length)}`;
  if (pairs === 0) return total === 1 ? `it is not ${page}` : `none of the ${countText(total)} is ${page}`;
  const where = by === 'image' ? `, in ${thingWords(by, count)}` : '';
  const all = total === 1 ? 'it is' : pairs === total ? `all ${countText(total)} are` : null;
  const some = counted(pairs, `of the ${countText(total)} is`, `of the ${countText(total)} are`);
  return `${all ?? some} on this page${where}`;
}
