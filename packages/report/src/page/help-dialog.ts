import type { ReportData } from '../report-data.ts';
import { element } from './element.ts';

const keysOf = ({ verdicts }: Pick<ReportData, 'verdicts'>) =>
  [
    ['arrows, Home, End, Page Up, Page Down', 'go about the grid'],
    ['Enter', 'look closely; left and right go on from there, up and down from box to box'],
    ['a', `${verdicts.accept.act}, and go on`],
    ['x', `${verdicts.reject.act}, and go on`],
    ['u, t', 'clear the mark, tag'],
    ['z, Ctrl+Z', 'undo'],
    ['space, Ctrl+click', 'select one more, or one less'],
    ['Shift and arrows, or a click', 'select a range'],
    ['Ctrl+A, i, Escape', 'select all that is shown, the others instead, none'],
    ['o', 'show or hide boxes'],
    ['s', 'side by side, where there are two lists of boxes'],
    ['m', 'more like this, where the report knows what is alike'],
    ['g', 'show what is folded into this one'],
    ['/', 'search'],
    ['e', 'export'],
    ['q', 'answer questions: a number for a class, 0 for no object, the space bar for cannot tell'],
    ['arrows, in a question', 'move the box; with Ctrl, its right and lower edge; with Shift, ten times as far'],
    ['wheel, +, -, drag', 'zoom and move; 0 or a double click goes back'],
    ['Shift and a bar', 'widen the stretch of uncertainty that is shown'],
    ['Escape', 'close'],
  ] as const;

/** What the keys do. */
export function helpDialog(data: Pick<ReportData, 'verdicts'>): HTMLDialogElement {
  const close = element('button', { type: 'button' }, 'Close');
  const list = element(
    'dl',
    {},
    ...keysOf(data).flatMap(([key, does]) => [element('dt', {}, key), element('dd', {}, does)]),
  );
  const made = element('dialog', { class: 'help', 'aria-label': 'Keys' }, element('h2', {}, 'Keys'), list, close);
  close.addEventListener('click', () => made.close());
  return made;
}
