import { countText } from '@qualm/types';
import type { ReportData } from '../../report-data.ts';
import { element } from '../element.ts';
import { action } from '../page-parts.ts';

export interface BatchActions {
  all(): void;
  none(): void;
  invert(): void;
  first(count: number): void;
  accept(): void;
  reject(): void;
  clear(): void;
  tag(): void;
  undo(): void;
}

export interface BatchBar {
  readonly root: HTMLElement;
  set(selected: number, canUndo: boolean): void;
}

/** What selects many cells, and what marks them: the selection where there is one, else the cell
 * that the keys are at.
 * @param more for what is selected
 */
export function createBatchBar(
  { by: thing, verdicts }: Pick<ReportData, 'by' | 'verdicts'>,
  actions: BatchActions,
  more: readonly HTMLElement[] = [],
): BatchBar {
  const count = element('input', { type: 'number', min: 1, step: 1, value: 100, 'aria-label': 'How many to select' });
  const first = (): void => {
    const wanted = Number(count.value);
    if (Number.isInteger(wanted) && wanted > 0) actions.first(wanted);
  };
  count.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') first();
  });
  const invert = action('Invert', 'i', actions.invert);
  const none = action('None', 'Escape', actions.none);
  const undo = action('Undo', 'z', actions.undo);
  const onWhat = element('span', { class: 'group-name' });
  const root = element(
    'div',
    { class: 'batch', role: 'toolbar', 'aria-label': 'Select and mark' },
    element(
      'div',
      { class: 'group', role: 'group', 'aria-label': 'Select' },
      element('span', { class: 'group-name' }, 'Select'),
      action('All shown', 'Ctrl+A', actions.all),
      action('First', '', first),
      count,
      invert,
      none,
      ...more,
    ),
    element(
      'div',
      { class: 'group', role: 'group', 'aria-label': 'Mark' },
      onWhat,
      action(verdicts.accept.act, 'a', actions.accept),
      action(verdicts.reject.act, 'x', actions.reject),
      action('Clear', 'u', actions.clear),
      action('Tag', 't', actions.tag),
      undo,
    ),
  );
  return {
    root,
    set(selected, canUndo) {
      onWhat.textContent = selected === 0 ? `Mark this ${thing}` : `Mark ${countText(selected)} selected`;
      undo.disabled = !canUndo;
      none.disabled = selected === 0;
    },
  };
}
