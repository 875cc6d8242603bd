import type { KnownBox } from '../cells/box-at.ts';
import { element } from '../element.ts';

/** What colours, lines and fillings of a picture mean, of those that it has.
 * @param deciding the layer of the box that the number comes from; null without one
 */
export function legend(layers: readonly string[], boxes: readonly KnownBox[], deciding: number | null): HTMLElement {
  const shapes = new Set(boxes.flatMap(({ shape }) => Object.keys(shape ?? {})));
  const seen = new Set(boxes.map(({ layer }) => layer));
  const entry = (kind: string, words: string, layer: number | null = null): HTMLElement =>
    element('li', {}, element('span', { class: `key ${kind}`, 'data-layer': layer }), words);
  return element(
    'ul',
    { class: 'legend', 'aria-label': 'Legend' },
    ...layers.flatMap((name, layer) => (seen.has(layer) ? [entry('box', name, layer)] : [])),
    ...(deciding === null ? [] : [entry('box deciding', 'the number comes from it', deciding)]),
    ...(seen.size > 0 ? [entry('box chosen', 'chosen', 0)] : []),
    ...(shapes.has('area') ? [entry('area', 'mask', 0)] : []),
    ...(shapes.has('dots') ? [entry('dot', 'key points', 0)] : []),
  );
}
