import { countText } from '@qualm/types';
import type { PageComparison, ReportData } from '../../report-data.ts';
import { element } from '../element.ts';
import type { ViewState } from '../view-state.ts';

type ClassRow = PageComparison['classes'][number];

/** As many classes are listed at first. */
const few = 12;

/** What two models find class by class, over all images: how many boxes, and how sure they are of
 * them on average; the greatest differences first. A click on a class narrows the grid to it.
 */
export function modelsTable(
  { comparison, layers, labels, strategies }: ReportData,
  change: (part: Partial<ViewState>) => void,
): { readonly root: HTMLElement; draw(strategy: number, chosen: number | null): void } {
  const [first = '', second = ''] = layers;
  const compared = strategies.flatMap((strategy, place) => (strategy.compared ? [place] : []));
  const more = element('button', { type: 'button' });
  const frame = element('div', { class: 'models-table' });
  let isWhole = false;
  let last: readonly [number, number | null] = [0, null];
  more.addEventListener('click', () => {
    isWhole = !isWhole;
    draw(...last);
  });

  function draw(strategy: number, chosen: number | null): void {
    last = [strategy, chosen];
    const asked = Math.max(0, compared.indexOf(strategy));
    const { words } = strategies[compared[asked]!]!.box ?? strategies[compared[asked]!]!;
    const rows = [...comparison!.classes].sort(
      (one, two) => Math.abs(differenceOf(two)) - Math.abs(differenceOf(one)) || (one.name < two.name ? -1 : 1),
    );
    const head = (name: string, title: string): HTMLElement => element('th', { scope: 'col', title }, name);
    const table = element('table', {});
    table.append(
      element('caption', {}, `${second} minus ${first}, by class: boxes, and ${words} of a box on average`),
      element(
        'thead',
        {},
        element(
          'tr',
          {},
          ...[head('Class', ''), head('Boxes', `of ${first}`), head('± boxes', `${second} minus ${first}`)],
          ...[head(words, `of ${first}`), head(`± ${words}`, `${second} minus ${first}`)],
        ),
      ),
      element('tbody', {}, ...(isWhole ? rows : rows.slice(0, few)).map((row) => rowOf(row, asked, chosen))),
    );
    more.textContent = isWhole ? 'Fewer classes' : `All ${countText(rows.length)} classes`;
    more.hidden = rows.length <= few;
    frame.replaceChildren(table);
  }

  function rowOf(row: ClassRow, asked: number, chosen: number | null): HTMLElement {
    const [one, two] = row.means[asked] ?? [null, null];
    const number = (text: string): HTMLElement => element('td', { class: 'number' }, text);
    return element(
      'tr',
      {},
      element('th', { scope: 'row' }, nameOf(row.name, chosen)),
      number(countText(row.boxes[0])),
      number(signed(differenceOf(row), countText)),
      number(one === null ? '' : one.toFixed(3)),
      number(one === null || two === null ? '' : signed(Number((two - one).toFixed(3)), (value) => value.toFixed(3))),
    );
  }

  function nameOf(name: string, chosen: number | null): HTMLElement | string {
    const label = labels.indexOf(name);
    // No cell of the page has such a box.
    if (label < 0) return name;
    const pressed = String(label === chosen);
    const button = element('button', { type: 'button', 'aria-pressed': pressed, title: `Show ${name} alone` }, name);
    button.addEventListener('click', () => change({ label: label === chosen ? null : label, pair: null }));
    return button;
  }

  return { root: element('div', {}, frame, more), draw };
}

function differenceOf({ boxes: [one, two] }: ClassRow): number {
  return two - one;
}

function signed(value: number, say: (value: number) => string): string {
  if (value === 0) return '0';
  return `${value > 0 ? '+' : '−'}${say(Math.abs(value))}`;
}
