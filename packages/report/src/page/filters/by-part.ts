import { insidePart } from '../map/inside-part.ts';
import { cornersOf } from '../map/part-text.ts';
import { placesOf } from '../map/map-places.ts';
import type { Filter } from './filter.ts';

/** A part of the map: the corners of its border, thousandths from the left and the top, `x,y,x,y`.
 */
export const part: Filter<string> = {
  off: '',
  read: (text, data) => (data.vectors && cornersOf(text) ? text : ''),
  over(data) {
    let last: { readonly value: string; readonly inside: Uint8Array } | undefined;
    return {
      test(value) {
        const places = placesOf(data);
        if (!places) return () => true;
        if (last?.value !== value) last = { value, inside: insidePart(places, cornersOf(value) ?? []) };
        const { inside } = last;
        return (index) => inside[index] === 1;
      },
    };
  },
  words: () => 'a part of the map',
};
