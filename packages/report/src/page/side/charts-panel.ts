import type { ReportChart, ReportRegion } from '../../report-options.ts';
import { element } from '../element.ts';
import { createRegionFilter } from '../filters/region-filter.ts';
import type { RegionFilter } from '../filters/region-filter.ts';
import type { ViewState } from '../view-state.ts';
import { createChartParts } from './chart-parts.ts';
import type { ChartParts } from './chart-parts.ts';
import type { CreatePanel } from './side-panel.ts';

/** Charts that were drawn when the report was made, and what of them can be clicked. */
export const chartsPanel: CreatePanel = (data, change) => {
  if (data.charts.length === 0) return null;
  const buttons: { readonly button: HTMLElement; readonly filter: RegionFilter }[] = [];
  const ofAll: ChartParts[] = [];
  let state: ViewState | null = null;

  function regionButton({ x, y, width, height, words, filter: asked }: ReportRegion): HTMLElement {
    const filter = createRegionFilter(data, asked ?? {});
    const button = element('button', { type: 'button', title: words, 'aria-label': words, 'aria-pressed': 'false' });
    const sides = { left: x, top: y, width, height };
    for (const [side, part] of Object.entries(sides)) button.style.setProperty(side, `${100 * part}%`);
    button.addEventListener('click', () => {
      if (state) change(filter.isOn(state) ? filter.off(state) : filter.on(state));
    });
    buttons.push({ button, filter });
    return button;
  }

  function drawn({ light, dark, words, regions = [] }: ReportChart): HTMLElement {
    const source = element('source', { media: '(prefers-color-scheme: dark)', srcset: dark });
    const picture = element('picture', {}, source, element('img', { src: light, alt: words }));
    if (regions.length === 0) return element('figure', { class: 'chart' }, picture);
    if (regions.some(({ total }) => total !== undefined)) {
      const parts = createChartParts(data, regions, change);
      ofAll.push(parts);
      return element(
        'figure',
        { class: 'chart' },
        element('div', { class: 'clickable' }, picture, parts.over),
        parts.list,
      );
    }
    const over = element('div', { class: 'regions', role: 'group', 'aria-label': 'Parts of this chart' });
    over.append(...regions.map(regionButton));
    return element('figure', { class: 'chart' }, element('div', { class: 'clickable' }, picture, over));
  }

  return {
    name: 'Charts',
    root: element('div', {}, ...data.charts.map(drawn)),
    draw(view) {
      state = view.state;
      for (const parts of ofAll) parts.draw(view.state);
      for (const { button, filter } of buttons) button.setAttribute('aria-pressed', String(filter.isOn(view.state)));
    },
  };
};
