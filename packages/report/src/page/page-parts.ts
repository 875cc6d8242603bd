import { element } from './element.ts';

/** A button that does something, by a click or the key that it names; it names none where that is
 * empty.
 */
export function action(name: string, key: string, act: () => void): HTMLButtonElement {
  const made = element('button', { type: 'button', title: key === '' ? name : `${name} (${key})` }, name);
  made.addEventListener('click', act);
  return made;
}

/** A part of the side that folds, with what it is called. */
export function panel(name: string, ...children: readonly Node[]): HTMLDetailsElement {
  return element('details', { class: 'panel', open: true }, element('summary', {}, name), ...children);
}

/** Gives a file to whoever looks at the page. */
export function saveFile(name: string, type: string, text: string): void {
  const href = URL.createObjectURL(new Blob([text], { type }));
  element('a', { download: name, href }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}
