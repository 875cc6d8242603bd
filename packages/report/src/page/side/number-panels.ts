import type { ReportData } from '../../report-data.ts';
import { element } from '../element.ts';
import { numbersOf } from '../numbers/numbers-of.ts';
import type { PageNumber } from '../numbers/page-number.ts';
import { createNumberHistograms } from './number-histograms.ts';
import type { CreatePanel, PanelView } from './side-panel.ts';

/** How many cells have how much of what the page is sorted by; of two models, how much by each, and
 * how much they differ.
 */
export const sortPanel: CreatePanel = (data, change) => {
  const root = element('div');
  const histograms = createNumberHistograms(data, change);
  return {
    ...{ name: data.kinds ? 'How likely wrong' : 'How unsure', root },
    draw(seen) {
      const drawn = besideOf(data, seen.state.sort).flatMap((number) => histograms.drawn(number, seen) ?? []);
      // Focus within one stays where they are the same.
      if (drawn.some((one, at) => one !== root.children[at]) || drawn.length !== root.children.length)
        root.replaceChildren(...drawn);
    },
  };
};

/** As many would push all else out of sight. */
const many = 10;

/** The other numbers of cells, each of which opens to its histogram. */
export const numbersPanel: CreatePanel = (data, change) => {
  const numbers = numbersOf(data);
  if (numbers.length < 2) return null;
  const histograms = createNumberHistograms(data, change);
  const root = element('div', { class: 'numbers' });
  let last: PanelView | null = null;
  const parts = numbers.map((number) => {
    const folded = element('details', {}, element('summary', {}, number.words));
    folded.addEventListener('toggle', () => {
      if (last) draw(last);
    });
    return { number, folded };
  });
  root.append(...parts.map(({ folded }) => folded));

  function draw(seen: PanelView): void {
    last = seen;
    for (const { number, folded } of parts) {
      // Those have a panel of their own.
      folded.hidden = besideOf(data, seen.state.sort).includes(number);
      if (folded.hidden || !folded.open) continue;
      const drawn = histograms.drawn(number, seen) ?? element('p', {}, 'No number here');
      if (folded.lastChild !== drawn) folded.replaceChildren(folded.firstChild!, drawn);
    }
  }

  return { name: 'More numbers', root, isFolded: numbers.length > many, draw };
};

/** What the page is sorted by, and the same question to the other model. */
function besideOf(data: ReportData, sort: number): readonly PageNumber[] {
  const numbers = numbersOf(data);
  const own = numbers[sort]!;
  return own.question === null ? [own] : numbers.filter(({ question }) => question === own.question);
}
