import { element } from './element.ts';

const keys = [
  ['arrows, Home, End, Page Up, Page Down', 'go about the grid'],
  ['Enter', 'look closely; arrows go on from there'],
  ['a, x, u', 'accept, reject, clear the mark'],
  ['t', 'tag'],
  ['o', 'show or hide boxes'],
  ['s', 'side by side, where there are two lists of boxes'],
  ['/', 'search'],
  ['e', 'export the marks'],
  ['wheel, +, -, drag', 'zoom and move; 0 or a double click goes back'],
  ['Shift and a bar', 'widen the stretch of uncertainty that is shown'],
  ['Escape', 'close'],
] as const;

/** What the keys do. */
export function helpDialog(): HTMLDialogElement {
  const close = element('button', { type: 'button' }, 'Close');
  const list = element('dl', {}, ...keys.flatMap(([key, does]) => [element('dt', {}, key), element('dd', {}, does)]));
  const made = element('dialog', { class: 'help', 'aria-label': 'Keys' }, element('h2', {}, 'Keys'), list, close);
  close.addEventListener('click', () => made.close());
  return made;
}
