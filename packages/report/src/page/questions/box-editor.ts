import type { LabelledBox } from '../../answers/answer.ts';
import { element } from '../element.ts';
import { between, grips, moved, resized } from './edited-box.ts';
import type { Edges, Grip, Region } from './edited-box.ts';
import type { Look } from './look.ts';

/** A picture with a box in it that can be moved, or with boxes that are drawn. */
export interface BoxEditor {
  readonly root: HTMLElement;
  /** @param image null where there is none */
  show(look: Look, image: HTMLImageElement | null, words: string): void;
  /** Other boxes, with their names: those that are there already. */
  showOthers(others: readonly LabelledBox[]): void;
  /** The box as it is now; null where the whole picture is asked about. */
  readonly edges: () => Edges | null;
  setEdges(edges: Edges | null): void;
  /** Moves the box by a step, or its right and lower sides alone. */
  nudge(x: number, y: number, held: HeldKeys): void;
  /** Shows the whole picture, or what is around the box. */
  toggleWhole(): void;
}

/** What is held down with an arrow. */
export interface HeldKeys {
  /** Goes ten times as far. */
  readonly isShift: boolean;
  /** Ctrl, or the command key of a Mac: of the size. */
  readonly isCommand: boolean;
}

/** Pixels of the window that a drag has, and a click has not. */
const dragged = 6;

/** The step of an arrow, of the longer side of what is seen. */
const step = 1 / 250;
/** Steps with the shift key. */
const farSteps = 10;

/** @param onDraw told what box was drawn over the picture, where no box is edited */
export function createBoxEditor(onDraw: (edges: Edges) => void): BoxEditor {
  const others = element('div', { class: 'others', 'aria-hidden': 'true' });
  const edited = element(
    'div',
    { class: 'edited', 'aria-hidden': 'true' },
    ...grips.map(({ x, y }) => element('span', { class: 'grip', 'data-x': x, 'data-y': y })),
  );
  const stage = element('div', { class: 'look' });
  const root = element('div', { class: 'question-picture' }, stage);
  let look: Look | null = null;
  let view: Region = { x: 0, y: 0, width: 1, height: 1 };
  let edges: Edges | null = null;
  let drawn: readonly LabelledBox[] = [];

  function place(part: HTMLElement, [xmin, ymin, xmax, ymax]: Edges): void {
    Object.assign(part.style, {
      left: `${(100 * (xmin - view.x)) / view.width}%`,
      top: `${(100 * (ymin - view.y)) / view.height}%`,
      width: `${(100 * (xmax - xmin)) / view.width}%`,
      height: `${(100 * (ymax - ymin)) / view.height}%`,
    });
  }

  function placeAll(): void {
    if (!look) return;
    stage.style.setProperty('--ratio', String(view.width / view.height));
    stage.style.aspectRatio = `${view.width} / ${view.height}`;
    const { x, y, width, height } = look.picture;
    const image = stage.querySelector<HTMLElement>('img');
    if (image) place(image, [x, y, x + width, y + height]);
    edited.hidden = edges === null;
    if (edges) place(edited, edges);
    others.replaceChildren(
      ...drawn.map(({ label, box }) => {
        const one = element('div', { class: 'other' }, element('span', {}, label));
        place(one, box);
        return one;
      }),
    );
  }

  function pointAt({ clientX, clientY }: PointerEvent): [number, number] {
    const { left, top, width, height } = stage.getBoundingClientRect();
    return [view.x + ((clientX - left) / width) * view.width, view.y + ((clientY - top) / height) * view.height];
  }

  function startOf(target: EventTarget | null): 'move' | 'draw' | Grip {
    const part = target instanceof HTMLElement ? target : null;
    if (part?.classList.contains('grip')) return { x: Number(part.dataset['x']), y: Number(part.dataset['y']) } as Grip;
    return part === edited ? 'move' : 'draw';
  }

  stage.addEventListener('pointerdown', (event) => {
    if (!look || event.button !== 0) return;
    event.preventDefault();
    const { size } = look;
    const [kind, from, before] = [startOf(event.target), pointAt(event), edges];
    let result: Edges | null = null;
    const follow = (to: PointerEvent): void => {
      if (Math.hypot(to.clientX - event.clientX, to.clientY - event.clientY) < dragged && !result) return;
      const [x, y] = pointAt(to);
      const [right, down] = [x - from[0], y - from[1]];
      if (kind === 'draw') result = between(from, [x, y], size);
      else if (kind === 'move') result = moved(before!, right, down, size);
      else result = resized(before!, kind, right, down, size);
      if (!result) return;
      edited.hidden = false;
      place(edited, result);
      if (before) edges = result;
    };
    const end = (to: PointerEvent): void => {
      stage.removeEventListener('pointermove', follow);
      stage.removeEventListener('pointerup', end);
      stage.removeEventListener('pointercancel', end);
      if (to.type === 'pointercancel' && before) edges = before;
      placeAll();
      if (to.type === 'pointerup' && !before && result) onDraw(result);
    };
    stage.setPointerCapture(event.pointerId);
    stage.addEventListener('pointermove', follow);
    stage.addEventListener('pointerup', end);
    stage.addEventListener('pointercancel', end);
  });

  return {
    root,
    show(next, image, words) {
      [look, view, edges, drawn] = [next, next.view, next.box, []];
      stage.classList.toggle('drawing', next.box === null);
      stage.replaceChildren(pictureOf(image, words), others, edited);
      placeAll();
    },
    showOthers(next) {
      drawn = next;
      placeAll();
    },
    edges: () => edges,
    setEdges(next) {
      edges = next;
      placeAll();
    },
    nudge(x, y, { isShift, isCommand }) {
      if (!edges || !look) return;
      const one = Math.max(1, Math.round(step * Math.max(view.width, view.height)));
      const by = isShift ? farSteps * one : one;
      const lower: Grip = { x: x === 0 ? 0 : 1, y: y === 0 ? 0 : 1 };
      edges = isCommand ? resized(edges, lower, by * x, by * y, look.size) : moved(edges, by * x, by * y, look.size);
      placeAll();
    },
    toggleWhole() {
      if (!look) return;
      view = view === look.view ? look.picture : look.view;
      placeAll();
    },
  };
}

/** A picture, or a note that there is none. */
function pictureOf(image: HTMLImageElement | null, words: string): HTMLElement {
  const failed = (): HTMLElement => element('span', { class: 'no-picture' }, 'no picture');
  if (!image || (image.complete && image.naturalWidth === 0)) return failed();
  image.alt = words;
  image.draggable = false;
  image.addEventListener('error', () => image.replaceWith(failed()), { once: true });
  return image;
}
