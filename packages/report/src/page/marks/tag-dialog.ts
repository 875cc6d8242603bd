import { longestTag } from '../../selection.ts';
import { element } from '../element.ts';

export interface TagDialog {
  readonly root: HTMLDialogElement;
  /** @param known tags to propose */
  ask(tags: readonly string[], known: readonly string[], done: (tags: string[]) => void): void;
}

/** Asks for tags, with commas between them. */
export function createTagDialog(): TagDialog {
  const proposals = element('datalist', { id: 'known-tags' });
  const input = element('input', { id: 'tags', list: 'known-tags', maxlength: 20 * longestTag, autocomplete: 'off' });
  const save = element('button', { type: 'submit' }, 'Save');
  const cancel = element('button', { type: 'button' }, 'Cancel');
  const form = element(
    'form',
    {},
    element('label', { for: 'tags' }, 'Tags, with commas between them'),
    input,
    proposals,
    element('div', { class: 'controls' }, save, cancel),
  );
  const root = element('dialog', { class: 'asking', 'aria-label': 'Tags' }, form);
  let finish: (tags: string[]) => void = () => undefined;
  cancel.addEventListener('click', () => root.close());
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    root.close();
    finish(input.value.split(','));
  });
  return {
    root,
    ask(tags, known, done) {
      finish = done;
      proposals.replaceChildren(...known.map((value) => element('option', { value })));
      input.value = tags.join(', ');
      root.showModal();
      input.select();
    },
  };
}
