import { element } from '../element.ts';

/** A field that finds a class among many. */
export interface ClassSearch {
  readonly root: HTMLElement;
  /** @param first classes to propose before all others */
  open(first: readonly string[], done: (label: string) => void): void;
  close(): void;
  readonly isOpen: () => boolean;
}

/** Classes that are seen at once; more are found by typing. */
const mostSeen = 8;

/** The classes that hold all words of a text: first those that begin with it. */
export function foundClasses(classes: readonly string[], text: string): string[] {
  const wanted = text.trim().toLowerCase();
  const words = wanted.split(/\s+/);
  const found = classes.filter((name) => words.every((word) => name.toLowerCase().includes(word)));
  const begins = (name: string): boolean => name.toLowerCase().startsWith(wanted);
  return [...found.filter(begins), ...found.filter((name) => !begins(name))];
}

/** @param classes all that there are */
export function createClassSearch(classes: readonly string[], onCancel: () => void): ClassSearch {
  const list = element('ul', { role: 'listbox', id: 'found-classes', 'aria-label': 'Classes' });
  const input = element('input', {
    ...{ id: 'class-search', role: 'combobox', autocomplete: 'off', placeholder: 'Find a class' },
    ...{ 'aria-label': 'Find a class', 'aria-controls': 'found-classes', 'aria-expanded': 'true' },
    ...{ 'aria-autocomplete': 'list', maxlength: 200 },
  });
  const cancel = element('button', { type: 'button' }, 'Cancel');
  const root = element('div', { class: 'class-search', hidden: true }, input, list, cancel);
  let ordered: readonly string[] = classes;
  let found: readonly string[] = [];
  let at = 0;
  let finish: (label: string) => void = () => undefined;

  function show(): void {
    found = foundClasses(ordered, input.value);
    at = 0;
    list.replaceChildren(
      ...found
        .slice(0, mostSeen)
        .map((name, place) => element('li', { role: 'option', id: `class-${place}`, 'data-at': place }, name)),
    );
    mark();
  }

  function mark(): void {
    for (const item of list.children)
      item.setAttribute('aria-selected', String(item.getAttribute('data-at') === String(at)));
    input.setAttribute('aria-activedescendant', found.length > 0 ? `class-${at}` : '');
  }

  function choose(place: number): void {
    const name = found[place];
    if (name === undefined) return;
    close();
    finish(name);
  }

  function close(): void {
    root.hidden = true;
  }

  function giveUp(): void {
    close();
    onCancel();
  }

  input.addEventListener('input', show);
  input.addEventListener('keydown', (event) => {
    event.stopPropagation();
    const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };
    const step = steps[event.key];
    if (step !== undefined) {
      at = Math.min(Math.min(found.length, mostSeen) - 1, Math.max(0, at + step));
      mark();
    } else if (event.key === 'Enter') choose(at);
    else if (event.key === 'Escape') giveUp();
    else return;
    event.preventDefault();
  });
  list.addEventListener('click', (event) => {
    const item = (event.target as Element).closest('[data-at]');
    if (item) choose(Number(item.getAttribute('data-at')));
  });
  cancel.addEventListener('click', giveUp);
  return {
    root,
    open(first, done) {
      const known = first.filter((name) => classes.includes(name));
      ordered = [...new Set([...known, ...classes])];
      finish = done;
      input.value = '';
      root.hidden = false;
      show();
      input.focus();
    },
    close,
    isOpen: () => !root.hidden,
  };
}
