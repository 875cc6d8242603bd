import { countText } from '@qualm/types';
import type { ReportData } from '../../report-data.ts';
import type { KnownBox } from '../cells/box-at.ts';
import { thingsAt } from '../cells/differences-at.ts';
import { createBoxTable } from '../close-up/box-table.ts';
import { imageAt } from '../cells/cell-at.ts';
import type { PagePicture } from '../cells/cell-at.ts';
import { cellWords } from '../grid/cell-view.ts';
import { boxVector } from '../cells/class-vector.ts';
import { decidingOf, strategyOf } from '../cells/deciding-at.ts';
import { element } from '../element.ts';
import { hitBox, seenBoxes } from './hit-box.ts';
import { createImageBoxes } from '../cells/image-boxes.ts';
import { placeLabels } from './label-places.ts';
import { legend } from '../close-up/legend.ts';
import { pictureOf } from './picture.ts';
import { createDifferences, markOutcomes } from '../close-up/differences.ts';
import { scoreSlider } from '../close-up/score-slider.ts';
import { vectorBars } from './vector-bars.ts';
import { shortNumber, thingWords } from '../words.ts';
import { createZoom } from '../close-up/zoom.ts';

/** A cell's picture, large, beside a table of the boxes in it, of which one is chosen. */
export interface BoxesView {
  /** The picture, and what stands below it. */
  readonly picture: HTMLElement;
  /** The classes of the chosen box, and the table. */
  readonly boxes: HTMLElement;
  /** What is shown already stays as it is. */
  show(index: number, view: { readonly sort: number; readonly aside: boolean }): void;
  /** Chooses the box so many rows farther on. */
  step(by: number): void;
  zoom(factor: number): void;
  /** Puts the labels into their places again, as after boxes were hidden. */
  placeLabels(): void;
}

/** Pixels that a click may move, and is none of dragging yet. */
const still = 4;

export function createBoxesView(data: ReportData): BoxesView {
  const panes = element('div', { class: 'panes' });
  const place = (): void => placeLabels(panes);
  const zoom = createZoom(panes, place);
  const imageBoxes = createImageBoxes(data);
  const slider = scoreSlider(filter);
  const below = element('div', { class: 'below' });
  const vector = element('div', { class: 'vector', 'aria-live': 'polite' });
  const table = createBoxTable(data, choose);
  const differences = createDifferences(data, (places) => choose(places[0]!, places[1]));
  let boxes: readonly KnownBox[] = [];
  let chosen: number | null = null;
  let [shownIndex, shown] = [-1, ''];

  new ResizeObserver(place).observe(panes);
  let [fromX, fromY] = [0, 0];
  panes.addEventListener('pointerdown', ({ clientX, clientY }) => {
    [fromX, fromY] = [clientX, clientY];
  });
  panes.addEventListener('click', ({ clientX, clientY }) => {
    if (Math.hypot(clientX - fromX, clientY - fromY) > still) return;
    // Dragging holds the pointer, so that the panes are what is clicked.
    const pane = document.elementsFromPoint(clientX, clientY).find((one) => one.matches('.pane'));
    const hit = pane ? hitBox(seenBoxes(pane), clientX, clientY, chosen) : null;
    if (hit !== null) choose(hit);
  });

  /** @param beside the other model's box of the same thing */
  function choose(next: number | null, beside?: number): void {
    chosen = next;
    const lit = new Set([chosen, beside].map(String));
    for (const one of panes.querySelectorAll('[data-at]'))
      one.classList.toggle('chosen', lit.has(one.getAttribute('data-at')!));
    table.choose(chosen);
    differences.choose(chosen);
    const box = chosen === null ? undefined : boxes[chosen];
    const bars = box ? vectorBars(data, boxVector(box), shortNumber) : [];
    const name = box && box.box >= 0 ? `Box ${box.box}` : 'This box';
    const whose = box && box.layer > 0 ? ` of ${data.layers[box.layer]}` : '';
    vector.replaceChildren(...(bars.length > 0 ? [element('p', {}, `${name}${whose} may be`), ...bars] : []));
  }

  function filter(): void {
    const isHidden = (at: number): boolean => (boxes[at]!.score ?? 1) < slider.least();
    for (const one of panes.querySelectorAll('[data-at]'))
      one.classList.toggle('faint', isHidden(Number(one.getAttribute('data-at'))));
    table.hide(isHidden);
    const left = boxes.filter((_, at) => !isHidden(at)).length;
    slider.tell(`${countText(left)} of ${thingWords('box', boxes.length)}`);
    place();
  }

  return {
    picture: element('div', { class: 'looked-at' }, panes, below),
    boxes: element('div', { class: 'of-boxes' }, vector, differences.root, table.root),
    show(index, { sort, aside }) {
      const wanted = `${index},${sort},${aside}`;
      if (wanted === shown) return;
      shown = wanted;
      boxes = imageBoxes(index);
      const picture = imageAt(data, index, sort, boxes);
      panes.replaceChildren(...panesOf(picture, cellWords(data, index, sort), aside));
      const shows = decidingOf(data, sort);
      const [number, whose] = [shows.box[index]!, shows.layer[index]!];
      const decides = boxes.findIndex(({ layer, box }) => layer === whose && box >= 0 && box === number);
      below.replaceChildren(
        ...(boxes.some(({ score }) => score !== null) ? [slider.root] : []),
        legend(data.layers, boxes, decides >= 0 ? whose : null),
      );
      const things = thingsAt(data, index, boxes);
      differences.show(things, boxes);
      markOutcomes(panes, things ?? []);
      const drawn = new Set(picture.boxes.map(({ at }) => at));
      table.show(boxes, strategyOf(data, sort), (at) => !drawn.has(at));
      if (index !== shownIndex) zoom.reset();
      shownIndex = index;
      choose(decides >= 0 ? decides : table.step(null, 1));
      filter();
    },
    step(by) {
      const next = table.step(chosen, by);
      if (next !== null) choose(next);
    },
    zoom: (factor) => (factor === 0 ? zoom.reset() : zoom.by(factor)),
    placeLabels: place,
  };

  function panesOf(picture: PagePicture, words: string, isAside: boolean): HTMLElement[] {
    const pane = (layer?: number): HTMLElement =>
      element(
        'div',
        { class: 'pane' },
        element('div', { class: 'moved' }, pictureOf(picture, { words, layer, named: true })),
      );
    if (!isAside || data.layers.length < 2) return [pane()];
    return data.layers.map((name, layer) => {
      const one = pane(layer);
      one.append(element('span', { class: 'pane-name', 'data-layer': layer }, name));
      return one;
    });
  }
}
