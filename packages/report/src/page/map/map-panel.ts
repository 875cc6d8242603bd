import type { ReportData } from '../../report-data.ts';
import type { Marks } from '../../selection.ts';
import { cornersOf, partText } from './part-text.ts';
import type { MapColours } from '../alike/alike-state.ts';
import { createLast } from '../alike/last.ts';
import { element } from '../element.ts';
import { cellWords } from '../grid/cell-view.ts';
import { action, panel } from '../page-parts.ts';
import type { ViewState } from '../view-state.ts';
import { thingWords } from '../words.ts';
import type { MapPlaces } from './map-places.ts';
import { createMapView } from './map-view.ts';
import { partFields } from './part-fields.ts';
import { pointColors } from './point-colors.ts';

/** The map of all cells: what is alike lies together. */
export interface MapPanel {
  readonly root: HTMLElement;
  /** @param shown cells, without folding */
  update(state: ViewState, shown: readonly number[], marks: Marks): void;
}

const none: Marks = new Map();

const colourings: readonly (readonly [MapColours, string])[] = [
  ['doubt', 'how unsure'],
  ['class', 'class'],
  ['mark', 'mark'],
];

/** @param words what the vectors are
 * @param open looks at a cell
 */
export function createMapPanel(
  data: ReportData,
  places: MapPlaces,
  words: string,
  { change, open }: { change: (part: Partial<ViewState>) => void; open: (index: number) => void },
): MapPanel {
  let seen: Pick<ViewState, 'sort' | 'colours'> = { sort: 0, colours: 'doubt' };
  // Those of marks change with them.
  const lastColors = createLast(() => pointColors(data, seen.colours, seen.sort, none));
  const count = places.xs.reduce((sum, x) => sum + (Number.isNaN(x) ? 0 : 1), 0);
  const nothing = 'Draw around points to show them alone; click one to look at it.';
  const said = element('p', { class: 'map-said' }, nothing);
  const onPart = (corners: readonly (readonly [number, number])[]): void => change({ part: partText(corners) });
  const name = `Map of ${thingWords(data.by, count)}, which the grid lists`;
  const view = createMapView(places, name, {
    onPoint: (index) => (said.textContent = index < 0 ? nothing : cellWords(data, index, seen.sort)),
    onOpen: open,
    onPart,
  });
  const by = element('select', {}, ...colourings.map(([value, text]) => element('option', { value }, text)));
  by.addEventListener('change', () => change({ colours: by.value as MapColours }));
  const large = action('Large', '', () => {
    const isLarge = document.body.classList.toggle('large-map');
    large.setAttribute('aria-pressed', String(isLarge));
    root.scrollIntoView({ block: 'start' });
  });
  large.setAttribute('aria-pressed', 'false');
  const all = action('Whole map', '', () => change({ part: '' }));
  const legend = element('ul', { class: 'map-legend' });
  const root = panel(
    'Map',
    element('div', { class: 'group' }, element('label', {}, element('span', {}, 'Coloured by'), by), large, all),
    view.root,
    legend,
    said,
    partFields(onPart),
    element('p', { class: 'from' }, `By ${words}, laid out by ${places.words}.`),
  );
  return {
    root,
    update(state, shown, marks) {
      seen = state;
      by.value = state.colours;
      all.disabled = state.part === '';
      const { colours, sort } = state;
      const colors = colours === 'mark' ? pointColors(data, colours, sort, marks) : lastColors(`${colours} ${sort}`);
      legend.replaceChildren(
        ...colors.legend.map(({ color, words: meaning }) => {
          const swatch = element('span', { class: 'swatch' });
          swatch.style.setProperty('--layer', color);
          return element('li', {}, swatch, meaning);
        }),
      );
      const isShown = new Uint8Array(places.xs.length);
      for (const index of shown) isShown[index] = 1;
      view.draw(colors, isShown);
      view.outline(cornersOf(state.part) ?? []);
    },
  };
}
