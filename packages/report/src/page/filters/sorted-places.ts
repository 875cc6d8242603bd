/** Values of a digit of 16 bits, of which a key has four. */
const digits = 0x1_0000;

/** Places by their keys, the least first; equal ones stay in their order. Digit by digit: 100,000
 * take some 15 ms where comparisons take 70, and as long as those for the first time.
 * @param keyOf a number that is not NaN
 */
export function sortedPlaces(places: readonly number[], keyOf: (place: number) => number): number[] {
  const count = places.length;
  const keys = new Float64Array(count);
  let [order, next] = [new Uint32Array(count), new Uint32Array(count)];
  for (let at = 0; at < count; at++) {
    // Of -0 makes 0.
    keys[at] = keyOf(places[at]!) + 0;
    order[at] = at;
  }
  // As the cells of a page are at first.
  if (isSorted(keys)) return [...places];
  const bits = orderedBits(keys);
  const ends = new Uint32Array(digits);
  for (let digit = 0; digit < 4; digit++) {
    ends.fill(0);
    for (let at = digit; at < bits.length; at += 4) ends[bits[at]!]!++;
    for (let value = 0, sum = 0; value < digits; value++) ends[value] = sum += ends[value]!;
    for (let at = count - 1; at >= 0; at--) {
      const from = order[at]!;
      next[--ends[bits[4 * from + digit]!]!] = from;
    }
    [order, next] = [next, order];
  }
  const sorted = new Array<number>(count);
  for (let at = 0; at < count; at++) sorted[at] = places[order[at]!]!;
  return sorted;
}

function isSorted(keys: Float64Array): boolean {
  for (let at = 1; at < keys.length; at++) if (keys[at]! < keys[at - 1]!) return false;
  return true;
}

/** The digits of numbers, the lowest first, made so that they are ordered as the numbers are. */
function orderedBits(keys: Float64Array): Uint16Array {
  const words = new Uint32Array(keys.buffer);
  for (let low = 0; low < words.length; low += 2) {
    const high = words[low + 1]!;
    const isNegative = high >= 0x8000_0000;
    words[low + 1] = isNegative ? ~high : high ^ 0x8000_0000;
    if (isNegative) words[low] = ~words[low]!;
  }
  return new Uint16Array(keys.buffer);
}
