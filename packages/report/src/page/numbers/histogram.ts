import { countText, isTiny, powerText } from '@qualm/types';
import { element, svgElement } from '../element.ts';
import { barsPath } from './bars-path.ts';
import { binsIn, rangeAfterKey, rangeAfterPull } from './brush.ts';
import type { BinRange } from './brush.ts';
import { noBin } from './number-bins.ts';
import type { NumberBins } from './number-bins.ts';
import { rangeWords } from './number-range.ts';
import type { NumberRange } from './number-range.ts';
import type { PageNumber } from './page-number.ts';

/** How many cells have which number, with a brush: pull over a stretch, or move its ends by keys.
 */
export interface Histogram {
  readonly root: HTMLElement;
  /** @param indices the cells that are counted */
  draw(indices: readonly number[], range: NumberRange | null): void;
  /** Whether somebody pulls at it: then nothing else changes. */
  readonly isHeld: () => boolean;
}

/** @param caption what is counted, by what
 * @param onChoose told of another stretch; null for all
 */
export function createHistogram(
  number: PageNumber,
  bins: NumberBins,
  { caption, onChoose }: { readonly caption: string; readonly onChoose: (range: NumberRange | null) => void },
): Histogram {
  const numBins = bins.edges.length - 1;
  const counts = new Uint32Array(numBins);
  const [beside, within] = [svgElement('path', { class: 'beside' }), svgElement('path', { class: 'within' })];
  const drawing = svgElement(
    'svg',
    { viewBox: `0 0 ${numBins} 100`, preserveAspectRatio: 'none', 'aria-hidden': 'true' },
    ...[beside, within],
  );
  const plot = element('div', { class: 'plot' }, drawing);
  const ends = [endOf(0), endOf(1)] as const;
  const said = element('output', { class: 'said' });
  // Where all are next to nothing, by how much they are so.
  const say = isTiny(bins.largest) ? powerText : number.say;
  const scale = [bins.least, bins.largest].map((value) => element('span', {}, say(value)));
  const root = element(
    'figure',
    { class: 'chart histogram', role: 'group', 'aria-label': caption },
    element('figcaption', {}, caption),
    element('div', { class: 'brush' }, plot, ...ends),
    element('div', { class: 'ends' }, scale[0]!, said, scale[1]!),
  );
  let chosen: BinRange | null = null;
  let pull: { readonly from: number; readonly held: BinRange | null; readonly end: 0 | 1 | null } | null = null;
  let hasMoved = false;
  let counted: readonly number[] | null = null;

  plot.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    const from = binAt(event.clientX);
    const isInside = chosen !== null && from >= chosen[0] && from < chosen[1];
    grab(event, plot, { from, held: isInside ? chosen : null, end: null });
  });
  plot.addEventListener('click', (event) => {
    // What was pulled is chosen already.
    if (hasMoved) return;
    const bin = binAt(event.clientX);
    const isSame = chosen !== null && chosen[0] === bin && chosen[1] === bin + 1;
    if (isSame) choose(null);
    else if (event.shiftKey && chosen) choose([Math.min(chosen[0], bin), Math.max(chosen[1], bin + 1)]);
    else choose([bin, bin + 1]);
  });
  plot.addEventListener('dblclick', () => choose(null));

  function endOf(end: 0 | 1): HTMLElement {
    const made = element('div', { role: 'slider', tabindex: 0, class: end === 0 ? 'end low' : 'end high' });
    made.setAttribute('aria-label', `${number.words}, ${end === 0 ? 'from' : 'to'}`);
    made.addEventListener('keydown', (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      const before: BinRange = chosen ?? [0, numBins];
      const next = rangeAfterKey(event, before, end, numBins);
      if (next === before) return;
      event.preventDefault();
      event.stopPropagation();
      choose(next);
    });
    made.addEventListener('pointerdown', (event) => grab(event, made, { from: 0, held: chosen ?? [0, numBins], end }));
    return made;
  }

  function grab(event: PointerEvent, target: HTMLElement, next: NonNullable<typeof pull>): void {
    pull = next;
    hasMoved = false;
    target.setPointerCapture(event.pointerId);
    target.addEventListener('pointermove', follow);
    const release = (): void => {
      pull = null;
      target.removeEventListener('pointermove', follow);
    };
    target.addEventListener('lostpointercapture', release, { once: true });
  }

  function follow({ clientX }: PointerEvent): void {
    if (!pull) return;
    const { from, held, end } = pull;
    const to = binAt(clientX);
    if (end === null && to === from && !hasMoved) return;
    hasMoved = true;
    choose(end === null ? rangeAfterPull({ from, to, held }, numBins) : pulledEnd(held!, end, clientX));
  }

  function pulledEnd([first, last]: BinRange, end: 0 | 1, clientX: number): BinRange {
    const edge = edgeAt(clientX);
    return end === 0 ? [Math.min(edge, last - 1), last] : [first, Math.max(edge, first + 1)];
  }

  function choose(next: BinRange | null): void {
    if (next?.[0] === chosen?.[0] && next?.[1] === chosen?.[1]) return;
    if (next === null) return onChoose(null);
    const [first, last] = next;
    // An end of the whole is no end, so that nothing is lost to rounding.
    onChoose([first === 0 ? null : bins.edges[first]!, last === numBins ? null : bins.edges[last]!]);
  }

  function partAt(clientX: number): number {
    const { left, width } = plot.getBoundingClientRect();
    return width > 0 ? Math.min(1, Math.max(0, (clientX - left) / width)) : 0;
  }

  function count(indices: readonly number[]): void {
    counts.fill(0);
    for (const index of indices) {
      const bin = bins.binOf[index]!;
      if (bin !== noBin) counts[bin]!++;
    }
    counted = indices;
  }

  const binAt = (clientX: number): number => Math.min(numBins - 1, Math.floor(partAt(clientX) * numBins));
  const edgeAt = (clientX: number): number => Math.round(partAt(clientX) * numBins);

  return {
    root,
    isHeld: () => pull !== null,
    draw(indices, range) {
      if (indices !== counted) count(indices);
      chosen = range && binsIn(range, bins.edges);
      const shown: BinRange = chosen ?? [0, numBins];
      const most = counts.reduce((one, two) => Math.max(one, two), 1);
      within.setAttribute(
        'd',
        barsPath(counts, most, (bin) => bin >= shown[0] && bin < shown[1]),
      );
      beside.setAttribute(
        'd',
        barsPath(counts, most, (bin) => bin < shown[0] || bin >= shown[1]),
      );
      const left = counts.subarray(...shown).reduce((one, two) => one + two, 0);
      const words = range ? `${rangeWords(number, range)}: ${countText(left)}` : '';
      said.textContent = words;
      root.classList.toggle('brushed', range !== null);
      plot.style.setProperty('--from', String(shown[0] / numBins));
      plot.style.setProperty('--to', String(shown[1] / numBins));
      ends.forEach((end, at) => {
        end.style.setProperty('--at', String(shown[at]! / numBins));
        const value = bins.edges[shown[at]!]!;
        const limits = {
          'aria-valuemin': decimal(bins.edges[0]!),
          'aria-valuemax': decimal(bins.edges[numBins]!),
          'aria-valuenow': decimal(value),
        };
        for (const [name, limit] of Object.entries(limits)) end.setAttribute(name, String(limit));
        end.setAttribute('aria-valuetext', words || say(at === 0 ? bins.least : bins.largest));
      });
    },
  };
}

/** Those who hear the page need 0.0000001, not 1e-7. */
function decimal(value: number): string {
  return value.toLocaleString('en-US', { useGrouping: false, maximumSignificantDigits: 4 });
}
