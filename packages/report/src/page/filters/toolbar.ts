import type { ReportData } from '../../report-data.ts';
import { answerStates } from '../answered/answered-cells.ts';
import { isOfSecond } from '../cells/shown-boxes.ts';
import { element } from '../element.ts';
import { allCells, isAll } from '../view-state.ts';
import type { ViewState } from '../view-state.ts';
import { answerNames } from './by-answer.ts';
import { createChips } from './chips.ts';
import { createScoreFields } from './score-fields.ts';
import { createSortFields } from './sort-fields.ts';

export interface Toolbar {
  readonly root: HTMLElement;
  readonly search: HTMLInputElement;
  /** Makes the controls say what the state is.
   */
  set(state: ViewState, filtered: { readonly tags: readonly string[]; readonly isAnswered: boolean }): void;
}

type Change = (change: Partial<ViewState>) => void;

/** The controls above the grid. */
export function createToolbar(data: ReportData, change: Change): Toolbar {
  const { labels, cells } = data;
  const verdicts: readonly (readonly [value: string, text: string])[] = [
    ['', 'any mark'],
    ['accept', data.verdicts.accept.done],
    ['reject', data.verdicts.reject.done],
    ['none', 'not marked'],
  ];
  const isOne = cells.deciding.length === 1;
  const classes = classCounts(data);

  const sorting = createSortFields(data, change);
  const label = select(
    [
      ['', 'all classes'],
      ...classes.map(([index, count]): [string, string] => [
        String(index),
        isOne && count > 0 ? `${labels[index]} (${count})` : labels[index]!,
      ]),
    ],
    (value) => change({ label: value === '' ? null : Number(value), pair: null }),
  );
  const mark = select(verdicts, (value) => change({ mark: value === '' ? null : value }));
  const states = answerStates.filter((one) => one !== 'some' || data.by === 'image');
  const answered = select([['', 'any answer'], ...states.map((one) => [one, answerNames[one]] as const)], (value) =>
    change({ answered: states.find((one) => one === value) ?? null }),
  );
  const answeredField = selfNamed('Answers', answered);
  const search = element('input', {
    type: 'search',
    placeholder: 'file or class',
    maxlength: 200,
    autocomplete: 'off',
  });
  search.addEventListener('input', () => change({ words: search.value }));
  const scores = createScoreFields(change);
  const percent = number(1, 100, 1, (value) => change({ percent: value }));
  const chips = createChips(data, change);
  const reset = element('button', { type: 'button', title: 'Show all again' }, 'Reset');
  reset.addEventListener('click', () => change(allCells));
  const root = element(
    'div',
    { class: 'toolbar', role: 'toolbar', 'aria-label': 'Sort and filter' },
    named('Sort by', sorting.sort),
    selfNamed('Order', sorting.order),
    selfNamed('Class', label),
    selfNamed('Words', search),
    element('label', {}, element('span', {}, 'Score', element('span', { class: 'unseen' }, ' from')), scores.low),
    named('to', scores.high),
    named('Top %', percent),
    selfNamed('Marks', mark),
    answeredField,
    chips.root,
    reset,
  );

  return {
    root,
    search,
    set(state, { tags, isAnswered }) {
      sorting.set(state);
      label.value = state.label === null ? '' : String(state.label);
      const named = new Set([...tags, ...(state.mark?.startsWith('#') ? [state.mark.slice(1)] : [])]);
      mark.replaceChildren(
        ...[...verdicts, ...[...named].map((tag) => [`#${tag}`, `#${tag}`] as const)].map(([value, text]) =>
          element('option', { value }, text),
        ),
      );
      mark.value = state.mark ?? '';
      answered.value = state.answered ?? '';
      // Nobody has to ask for answers before there are any.
      answeredField.hidden = !isAnswered && state.answered === null;
      if (document.activeElement !== search) search.value = state.words;
      scores.set(state);
      percent.value = String(state.percent);
      chips.set(state);
      reset.hidden = isAll(state);
    },
  };
}

/** How many cells show a box of each class, the most first. Of classes that only a second model's
 * cells have that is 0: those come only where they are asked for.
 */
function classCounts(data: ReportData): (readonly [label: number, count: number])[] {
  const counts = new Int32Array(data.labels.length).fill(-1);
  for (const { label: list } of data.cells.deciding)
    for (let index = 0; index < list.length; index++) {
      const label = list[index]!;
      if (label >= 0) counts[label] = Math.max(0, counts[label]!) + (isOfSecond(data, index) ? 0 : 1);
    }
  const known = Array.from(counts, (count, label) => [label, count] as const).filter(([, count]) => count >= 0);
  return known.sort(([, one], [, two]) => two - one);
}

function named(name: string, control: HTMLElement): HTMLElement {
  return element('label', {}, element('span', {}, name), control);
}

/** What it says is name enough for those who see it. */
function selfNamed(name: string, control: HTMLElement): HTMLElement {
  control.title = name;
  return element('label', {}, element('span', { class: 'unseen' }, name), control);
}

function select(
  options: readonly (readonly [value: string, text: string])[],
  onChange: (value: string) => void,
): HTMLSelectElement {
  const made = element('select', {}, ...options.map(([value, text]) => element('option', { value }, text)));
  made.addEventListener('change', () => onChange(made.value));
  return made;
}

function number(min: number, max: number, step: number, onChange: (value: number) => void): HTMLInputElement {
  const made = element('input', { type: 'number', min, max, step });
  made.addEventListener('change', () => {
    const value = Number(made.value);
    if (made.value !== '' && value >= min && value <= max) onChange(value);
  });
  return made;
}
