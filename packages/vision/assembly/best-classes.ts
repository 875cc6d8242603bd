/* The best class of each anchor whose best number is above its floor, as `src/heads/plain-best-classes.ts` finds it: ties go to the
 * lower class, NaN is never best. It looks on the way whether all numbers are from `low` to `high`. */

export const inputBytes: i32 = 1 << 17;
export const maxAnchors: i32 = 1 << 13;
/** A vector may be read up to 16 bytes past the last number, here and below. */
export const input = memory.data(131072 + 16, 16);
export const floors = memory.data(32768 + 16, 16);
/** What is found goes out here. */
export const anchors = memory.data(32768, 16);
export const classes = memory.data(32768 + 16, 16);
export const numbers = memory.data(32768 + 16, 16);

let low = f32x4.splat(0);
let high = f32x4.splat(0);
let within = i32x4.splat(0);

export function begin(least: f32, greatest: f32): void {
  low = f32x4.splat(least);
  high = f32x4.splat(greatest);
  within = i32x4.splat(-1);
}

export function areWithin(): bool {
  return i32x4.all_true(within);
}

/** Rows of an anchor's numbers, so many bytes apart. */
export function findInRows(numAnchors: u32, strideBytes: u32, numClasses: u32): u32 {
  const whole = <usize>(numClasses & ~3) << 2;
  const rest = numClasses & 3;
  const missing = lanesFrom(<i32>rest);
  const lows = low;
  const highs = high;
  let sound = within;
  let count: u32 = 0;
  for (let anchor: u32 = 0, row = input; anchor < numAnchors; anchor++, row += strideBytes) {
    let best = f32x4.splat(-Infinity);
    let at = row;
    for (const end = row + whole; at < end; at += 16) {
      const values = v128.load(at);
      sound = v128.and(sound, f32x4.ge(values, lows));
      best = f32x4.pmax(best, values);
    }
    if (rest) {
      const values = v128.load(at);
      sound = v128.and(sound, v128.or(f32x4.ge(values, lows), missing));
      best = f32x4.pmax(best, v128.bitselect(best, values, missing));
    }
    best = f32x4.pmax(best, i64x2.shuffle(best, best, 1, 0));
    best = f32x4.pmax(best, v128.shuffle<i32>(best, best, 1, 0, 3, 2));
    sound = v128.and(sound, f32x4.le(best, highs));
    const number = f32x4.extract_lane(best, 0);
    if (number > load<f32>(floors + (<usize>anchor << 2))) {
      store<u32>(anchors + (<usize>count << 2), anchor);
      store<u32>(classes + (<usize>count << 2), firstEqual(row, best));
      store<f32>(numbers + (<usize>count << 2), number);
      count++;
    }
  }
  within = sound;
  return count;
}

// @ts-ignore: decorator
@inline
function firstEqual(row: usize, value: v128): u32 {
  let at = row;
  let equal = f32x4.eq(v128.load(at), value);
  while (!v128.any_true(equal)) {
    at += 16;
    equal = f32x4.eq(v128.load(at), value);
  }
  return (<u32>(at - row) >> 2) + ctz(<u32>i32x4.bitmask(equal));
}

export function beginColumns(numAnchors: u32): void {
  for (let at: usize = 0; at < <usize>numAnchors << 2; at += 16) v128.store(numbers + at, f32x4.splat(-Infinity));
}

/** Columns with a number of every anchor, one after another. */
export function addColumns(numAnchors: u32, first: u32, numClasses: u32): void {
  const columnBytes = <usize>numAnchors << 2;
  const lows = low;
  for (let at: usize = 0; at < columnBytes; at += 16) {
    let best = v128.load(numbers + at);
    let bestClass = v128.load(classes + at);
    let sound = i32x4.splat(-1);
    let from = input + at;
    for (let c: u32 = first; c < first + numClasses; c++, from += columnBytes) {
      const values = v128.load(from);
      sound = v128.and(sound, f32x4.ge(values, lows));
      bestClass = v128.bitselect(i32x4.splat(c), bestClass, f32x4.gt(values, best));
      best = f32x4.pmax(best, values);
    }
    v128.store(numbers + at, best);
    v128.store(classes + at, bestClass);
    within = v128.and(within, v128.or(v128.and(sound, f32x4.le(best, high)), lanesFrom(<i32>numAnchors - <i32>(at >> 2))));
  }
}

/** All bits of the lanes from this one on. */
// @ts-ignore: decorator
@inline
function lanesFrom(lane: i32): v128 {
  return i32x4.ge_s(i32x4(0, 1, 2, 3), i32x4.splat(lane));
}

/** Moves what was found to the front. */
export function findInColumns(numAnchors: u32): u32 {
  let count: u32 = 0;
  for (let anchor: u32 = 0; anchor < numAnchors; anchor++) {
    const at = <usize>anchor << 2;
    const to = <usize>count << 2;
    const number = load<f32>(numbers + at);
    store<u32>(anchors + to, anchor);
    store<u32>(classes + to, load<u32>(classes + at));
    store<f32>(numbers + to, number);
    count += <u32>(number > load<f32>(floors + at));
  }
  return count;
}
