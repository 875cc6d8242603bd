import type { ReportData } from '../report-data.ts';
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

/** A chart that was drawn when the report was made, for light pages and for dark ones. */
export function drawnChart({ light, dark, words }: ReportData['charts'][number]): HTMLElement {
  const source = element('source', { media: '(prefers-color-scheme: dark)', srcset: dark });
  return element(
    'figure',
    { class: 'chart' },
    element('picture', {}, source, element('img', { src: light, alt: words })),
  );
}

/** Gives a file to whoever looks at the page. */
export function saveFile(name: string, type: string, text: string): void {
  const href = URL.createObjectURL(new Blob([text], { type }));
  element('a', { download: name, href }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}
