import type { LabelledBox } from '../../answers/answer.ts';
import { element } from '../element.ts';

/** The boxes that were drawn over a picture, each with a button that takes it away. */
export function drawnList(drawn: readonly LabelledBox[], remove: (place: number) => void): HTMLElement {
  return element(
    'ul',
    { class: 'drawn', 'aria-label': 'Drawn' },
    ...drawn.map(({ label }, place) => {
      const button = element('button', { type: 'button', 'aria-label': `Remove ${label}` }, '✕');
      button.addEventListener('click', () => remove(place));
      return element('li', {}, element('span', {}, label), button);
    }),
  );
}
