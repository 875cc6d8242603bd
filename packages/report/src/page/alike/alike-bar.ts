import { countText } from '@qualm/types';
import type { ReportData } from '../../report-data.ts';
import { element } from '../element.ts';
import { action } from '../page-parts.ts';
import type { ViewState } from '../view-state.ts';
import { shortNumber } from '../words.ts';
import { unlikeIds } from './alike-state.ts';
import type { CellVectors } from './cell-vectors.ts';

/** What folds cells that are alike, and says what they are ordered by. */
export interface AlikeBar {
  readonly root: HTMLElement;
  /** Orders by unlikeness to what is selected; null without vectors. */
  readonly unlike: HTMLElement | null;
  /** @param folded how many are; null while that is not known yet */
  set(state: ViewState, selected: number, folded: number | null): void;
}

/** Of the distance that is proposed: how much nearer or farther can be asked for. */
const farthest = 3;

/** @param unlike orders by unlikeness to what is selected */
export function createAlikeBar(
  { by, cells: { id, image } }: ReportData,
  vectors: CellVectors | null,
  { change, unlike }: { change: (part: Partial<ViewState>) => void; unlike: () => void },
): AlikeBar {
  const near = vectors ? String(vectors.near) : '';
  const choices: (readonly [string, string])[] = [
    ['no', 'nothing folded'],
    ...(vectors ? [['alike', 'near duplicates folded'] as const] : []),
    ...(by === 'box' ? [['image', 'one of an image'] as const] : []),
  ];
  const what = element('select', {}, ...choices.map(([value, text]) => element('option', { value }, text)));
  what.addEventListener('change', () => change({ fold: what.value === 'alike' ? near : what.value, group: null }));
  const step = (vectors?.near ?? 1) / 20;
  const far = element('input', { type: 'range', min: step, max: farthest * (vectors?.near ?? 1), step });
  far.addEventListener('change', () => change({ fold: String(Number(Number(far.value).toPrecision(3))), group: null }));
  const farWords = element('output', {});
  const distance = element('label', { class: 'size' }, element('span', {}, 'up to'), far, farWords);
  const others = action('Unlike these', '', unlike);
  others.title = 'Order by how unlike what is selected they are';
  const chips = {
    group: chip(() => change({ group: null })),
    order: chip(() => change({ like: null, unlike: '' })),
  };
  const said = element('span', { class: 'group-name' });
  const root = element(
    'div',
    { class: 'group', role: 'group', 'aria-label': 'What is alike' },
    ...(choices.length > 1
      ? [element('label', { class: 'size' }, element('span', { class: 'unseen' }, 'Fold'), what)]
      : []),
    ...(vectors ? [distance] : []),
    said,
    ...Object.values(chips),
  );
  const nameOf = (wanted: string): string => image[id.indexOf(wanted)] ?? wanted;

  return {
    root,
    unlike: vectors ? others : null,
    set(state, selected, folded) {
      const isAlike = state.fold !== 'no' && state.fold !== 'image';
      what.value = isAlike ? 'alike' : state.fold;
      distance.hidden = !isAlike;
      if (isAlike) {
        far.value = state.fold;
        farWords.textContent = `${shortNumber(Number(state.fold))} apart`;
      }
      others.disabled = selected === 0;
      said.textContent = foldedWords(folded);
      if (folded === null) root.setAttribute('aria-busy', 'true');
      else root.removeAttribute('aria-busy');
      const unlikes = unlikeIds(state.unlike);
      say(chips.group, state.group !== null && `All like ${nameOf(state.group ?? '')}`);
      say(
        chips.order,
        state.like === null
          ? unlikes.length > 0 &&
              `Least like ${unlikes.length === 1 ? nameOf(unlikes[0]!) : `these ${unlikes.length}`} first`
          : `Most like ${nameOf(state.like)} first`,
      );
    },
  };
}

function foldedWords(folded: number | null): string {
  if (folded === null) return 'folding …';
  return folded > 0 ? `${countText(folded)} folded` : '';
}

/** What is in force, to be clicked away. */
function chip(onRemove: () => void): HTMLButtonElement {
  const made = element('button', { type: 'button', class: 'chip', hidden: true });
  made.addEventListener('click', onRemove);
  return made;
}

function say(button: HTMLButtonElement, words: string | false): void {
  button.hidden = words === false;
  button.textContent = words === false ? '' : `${words} ×`;
}
