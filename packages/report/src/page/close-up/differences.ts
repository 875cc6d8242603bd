import { counted, countText } from '@qualm/types';
import type { ReportData } from '../../report-data.ts';
import type { KnownBox } from '../cells/box-at.ts';
import { modelOutcomes, outcomeWords } from '../cells/compared-at.ts';
import type { ComparedThing } from '../cells/differences-at.ts';
import { element } from '../element.ts';

/** What two models say of the things in a picture, as a list in which each can be chosen. */
export interface Differences {
  readonly root: HTMLElement;
  /** Nothing where the things were not compared. */
  show(things: readonly ComparedThing[] | null, boxes: readonly KnownBox[]): void;
  /** Marks the row of a box, by its place. */
  choose(place: number | null): void;
}

/** @param onChoose told the places of a thing's boxes, one or two */
export function createDifferences(data: ReportData, onChoose: (places: readonly number[]) => void): Differences {
  const { layers, labels } = data;
  const [first = '', second = ''] = layers;
  const summary = element('summary', {});
  const head = ['What', first, second, 'Overlap'].map((name) => element('th', { scope: 'col' }, name));
  const body = element('tbody');
  const table = element('table', {}, element('thead', {}, element('tr', {}, ...head)), body);
  const frame = element('div', { class: 'differences-frame' }, table);
  const root = element('details', { class: 'differences', hidden: true }, summary, frame);
  let rows: readonly (readonly [ComparedThing, HTMLElement, HTMLButtonElement])[] = [];

  function boxWords(box: KnownBox | undefined): string {
    if (!box) return '';
    return [labels[box.label] ?? 'no class', ...(box.score === null ? [] : [box.score.toFixed(2)])].join(' ');
  }

  return {
    root,
    show(things, boxes) {
      root.hidden = things === null;
      rows = (things ?? []).map((thing) => {
        const places = [thing.first, thing.second].filter((place) => place !== null);
        const name = element('button', { type: 'button' }, outcomeWords(thing.outcome, layers));
        name.addEventListener('click', () => onChoose(places));
        const cell = (text: string): HTMLElement => element('td', {}, text);
        const said = [thing.first, thing.second].map((place) => cell(place === null ? '' : boxWords(boxes[place])));
        const iou = element('td', { class: 'number' }, thing.iou === null ? '' : thing.iou.toFixed(2));
        return [thing, element('tr', { 'data-outcome': thing.outcome }, element('td', {}, name), ...said, iou), name];
      });
      body.replaceChildren(...rows.map(([, row]) => row));
      summary.textContent = things && summaryWords(things, layers);
    },
    choose(place) {
      for (const [{ first: one, second: two }, , name] of rows)
        name.setAttribute('aria-pressed', String(place !== null && (one === place || two === place)));
    },
  };
}

/** Such as `3 differences: 1 called differently, 2 only in yolox`. */
export function summaryWords(things: readonly ComparedThing[], layers: readonly string[]): string {
  const counts = modelOutcomes.map(
    (outcome) => [outcome, things.filter((one) => one.outcome === outcome).length] as const,
  );
  const told = (isAgreed: boolean): string =>
    counts
      .filter(([outcome, count]) => count > 0 && (outcome === 'agreed') === isAgreed)
      .map(([outcome, count]) => `${countText(count)} ${outcomeWords(outcome, layers)}`)
      .join(', ');
  const numDifferent = things.filter(({ outcome }) => outcome !== 'agreed').length;
  const differences = numDifferent === 0 ? 'No differences' : counted(numDifferent, 'difference');
  return [[differences, told(false)].filter(Boolean).join(': '), told(true)].filter(Boolean).join('; ');
}

/** Says of the boxes in a picture what the models say of them, so that what they agree on is quiet.
 */
export function markOutcomes(picture: HTMLElement, things: readonly ComparedThing[]): void {
  const outcomes = new Map(
    things.flatMap(({ outcome, first, second }) => [
      [first, outcome],
      [second, outcome],
    ]),
  );
  for (const one of picture.querySelectorAll<HTMLElement>('[data-at]')) {
    const outcome = outcomes.get(Number(one.getAttribute('data-at')));
    if (outcome) one.setAttribute('data-outcome', outcome);
  }
}
