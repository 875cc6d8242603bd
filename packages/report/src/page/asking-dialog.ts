import { element } from './element.ts';

/** A dialog that asks for something. It is no form: a frame in a sandbox, as notebooks show pages
 * in, may submit none.
 * @param parts what it asks by: labels and fields
 * @param save what the answer leads to, after it is closed
 */
export function askingDialog(name: string, parts: readonly Node[], save: () => void): HTMLDialogElement {
  const [saving, cancel] = ['Save', 'Cancel'].map((words) => element('button', { type: 'button' }, words)) as [
    HTMLButtonElement,
    HTMLButtonElement,
  ];
  const fields = element('div', { class: 'fields' }, ...parts, element('div', { class: 'controls' }, saving, cancel));
  const root = element('dialog', { class: 'asking', 'aria-label': name }, fields);
  const answer = (): void => {
    root.close();
    save();
  };
  saving.addEventListener('click', answer);
  cancel.addEventListener('click', () => root.close());
  fields.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || !(event.target as Element).matches('input, select')) return;
    event.preventDefault();
    answer();
  });
  return root;
}
