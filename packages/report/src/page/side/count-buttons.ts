import { countText } from '@qualm/types';
import { element } from '../element.ts';

/** Something to narrow the grid to, and how many it has. */
export interface Counted<Value> {
  readonly value: Value;
  readonly name: string;
  /** What it means, where the name does not say it. */
  readonly words?: string;
  readonly count: number;
}

/** Buttons with counts, one of which may be chosen; clicked again it is not. */
export function countButtons<Value>(
  name: string,
  all: readonly Counted<Value>[],
  { chosen, onChoose }: { readonly chosen: Value | null; readonly onChoose: (value: Value | null) => void },
): HTMLElement {
  const buttons = all.map(({ value, name: own, words, count }) => {
    const button = element(
      'button',
      { type: 'button', 'aria-pressed': String(value === chosen), title: words ?? null },
      `${own} `,
      element('span', { class: 'count-of' }, countText(count)),
    );
    button.addEventListener('click', () => onChoose(value === chosen ? null : value));
    return button;
  });
  return element('div', { class: 'count-buttons', role: 'group', 'aria-label': name }, ...buttons);
}
