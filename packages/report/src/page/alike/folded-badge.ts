import { countText } from '@qualm/types';
import { element } from '../element.ts';

/** What a cell says of those that are folded under it; a click shows them.
 * @param isOfImage whether they are of the same image, and not alike
 */
export function foldedBadge(count: number, isOfImage: boolean, onOpen: () => void): HTMLElement {
  const words = isOfImage ? `and ${countText(count)} of this image` : `and ${countText(count)} like it`;
  // Keys have g.
  const badge = element('span', { class: 'folded', title: `${words}: show them (g)` }, words);
  badge.addEventListener('click', (event) => {
    event.stopPropagation();
    onOpen();
  });
  return badge;
}
