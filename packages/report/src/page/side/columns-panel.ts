import { withWord } from '../filters/by-columns.ts';
import { element } from '../element.ts';
import { countButtons } from './count-buttons.ts';
import type { CreatePanel, PanelView } from './side-panel.ts';

/** As many words of a column have a button; the search finds all. */
const most = 12;

/** The words that cells bring along, column by column. */
export const columnsPanel: CreatePanel = (data, change) => {
  const { wordColumns = [], cells } = data;
  if (wordColumns.length === 0) return null;
  const root = element('div');
  return { name: 'Columns', root, draw: (seen) => root.replaceChildren(...wordColumns.map((_, at) => part(at, seen))) };

  function part(at: number, { state, without }: PanelView): HTMLElement {
    const [name, { values, places }] = [wordColumns[at]!, cells.words![at]!];
    const counts = new Uint32Array(values.length);
    for (const index of without({ columns: withWord(state.columns, name, null) })) {
      const place = places[index];
      if (place != null) counts[place]!++;
    }
    const chosen = Object.hasOwn(state.columns, name) ? state.columns[name]! : null;
    const words = values
      .map((value, place) => ({ value, name: value, count: counts[place]! }))
      .sort((one, two) => two.count - one.count || (one.name < two.name ? -1 : 1));
    const shown = words.filter(({ value, count }, place) => value === chosen || (place < most && count > 0));
    const rest = words.filter(({ count }) => count > 0).length - shown.length;
    return element(
      'figure',
      { class: 'chart' },
      element('figcaption', {}, rest > 0 ? `${name}, the first ${shown.length} of ${shown.length + rest}` : name),
      countButtons(name, shown, {
        chosen,
        onChoose: (word) => change({ columns: withWord(state.columns, name, word) }),
      }),
    );
  }
};
