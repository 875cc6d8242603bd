import { longestTag } from '../../selection.ts';
import { askingDialog } from '../asking-dialog.ts';
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
  let finish: (tags: string[]) => void = () => undefined;
  const parts = [element('label', { for: 'tags' }, 'Tags, with commas between them'), input, proposals];
  const root = askingDialog('Tags', parts, () => finish(input.value.split(',')));
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
