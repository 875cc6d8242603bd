import type { PageBox, PagePicture } from '../cells/cell-at.ts';
import { element, svgElement } from '../element.ts';
import { showSharp } from './sharpen.ts';

export interface PictureOptions {
  /** For those who hear the page. */
  readonly words: string;
  /** Only boxes of this layer; all of them when absent. */
  readonly layer?: number | undefined;
  /** Names beside the boxes, which `placeLabels` puts there. */
  readonly named?: boolean;
  /** Width by height of where the picture goes; it is asked for where it is not known. */
  readonly frameRatio?: number;
}

/** So many that thick strokes would hide what is under them. */
const manyBoxes = 5;

/** A picture with its boxes over it, or a note that there is none. */
export function pictureOf(picture: PagePicture, options: PictureOptions): HTMLElement {
  const { src, width, height, boxes } = picture;
  const { words, layer, named = false, frameRatio } = options;
  const frame = element('div', { class: frameRatio === undefined ? 'picture measured' : 'picture' });
  const failed = (): HTMLElement => element('span', { class: 'no-picture' }, 'no picture');
  if (src === null) {
    frame.append(failed());
    return frame;
  }
  const image = element('img', { alt: words, draggable: 'false', decoding: 'async' });
  showSharp(image, src, width);
  image.addEventListener('error', () => frame.replaceChildren(failed()), { once: true });
  const stage = element('div', { class: 'stage' }, image);
  stage.style.aspectRatio = `${width} / ${height}`;
  // As large as fits into the frame, whichever side meets it first: where the frame's shape is
  // known, without asking the browser for it.
  if (frameRatio === undefined) stage.style.setProperty('--ratio', String(width / height));
  else stage.classList.add(width / height > frameRatio ? 'wide' : 'tall');
  const seen = boxes.filter((box) => layer === undefined || box.layer === layer);
  stage.classList.toggle('dense', !named && seen.length > manyBoxes);
  stage.classList.toggle(
    'decided',
    seen.some(({ isDeciding }) => isDeciding),
  );
  if (seen.some(({ shape }) => shape)) stage.append(shapesOver(picture, seen));
  stage.append(...seen.map(boxOver));
  // Over all boxes.
  if (named) stage.append(...seen.filter(({ text }) => text !== '').map(labelOf));
  frame.append(stage);
  return frame;
}

/** Masks, key points and turned boxes, over the whole of a picture. */
function shapesOver({ x, y, width, height }: PagePicture, boxes: readonly PageBox[]): SVGElement {
  const paths = boxes.flatMap(({ at, layer, isDeciding, shape }) =>
    Object.entries(shape ?? {}).map(([kind, d]) =>
      svgElement('path', { class: isDeciding ? `${kind} deciding` : kind, 'data-layer': layer, 'data-at': at, d }),
    ),
  );
  const viewBox = `${x} ${y} ${width} ${height}`;
  return svgElement('svg', { class: 'shapes', viewBox, preserveAspectRatio: 'none', 'aria-hidden': 'true' }, ...paths);
}

function boxOver({ at, layer, isDeciding, left, top, width, height, shape }: PageBox): HTMLElement {
  const drawn = element('div', {
    class: ['box', isDeciding ? 'deciding' : '', shape?.outline ? 'turned' : ''].filter(Boolean).join(' '),
    ...{ 'data-layer': layer, 'data-at': at, 'aria-hidden': 'true' },
  });
  Object.assign(drawn.style, {
    left: `${100 * left}%`,
    top: `${100 * top}%`,
    width: `${100 * width}%`,
    height: `${100 * height}%`,
  });
  return drawn;
}

function labelOf({ at, layer, isDeciding, text }: PageBox): HTMLElement {
  const kind = isDeciding ? 'tag deciding' : 'tag';
  return element('span', { class: kind, 'data-layer': layer, 'data-at': at, 'aria-hidden': 'true' }, text);
}
