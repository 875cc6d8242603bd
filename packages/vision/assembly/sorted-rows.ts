/* Rows of scores, taken into 0..1 and sorted descending, with an id beside each, as `src/heads/plain-sorted-rows.ts` does it: ties
 * in the order in which they came, NaN last. A score's place is how many scores come before it, counted four at a time. */

export const maxClasses: i32 = 256;
export const maxScores: i32 = 1 << 13;
/** A vector may be read up to 16 bytes past the last score. */
export const input = memory.data(32768 + 16, 16);
export const ids = memory.data(1024, 16);
export const scores = memory.data(32768, 16);
export const labelIds = memory.data(32768, 16);
/** Of one row: the scores in 0..1, and integers that are ordered the other way round. */
const clamped = memory.data(1024, 16);
const keys = memory.data(1024, 16);
/** The key of NaN, and of places without a score; there is a greater one. */
const last = i32.MAX_VALUE - 1;

export function sort(rows: u32, numClasses: u32, topK: u32): void {
  const rowBytes = <usize>numClasses << 2;
  const end = (rowBytes + 15) & ~15;
  for (let row: u32 = 0, from = input, to: usize = 0; row < rows; row++, from += rowBytes, to += <usize>topK << 2) {
    for (let at: usize = 0; at < end; at += 16) writeKeys(at, v128.load(from + at));
    for (let at = rowBytes; at < end; at += 4) store<i32>(keys + at, last);
    for (let block: usize = 0; block < end; block += 16) place(block, end, to, topK);
  }
}

// @ts-ignore: decorator
@inline
function writeKeys(at: usize, values: v128): void {
  const positive = v128.andnot(values, f32x4.lt(values, f32x4.splat(0)));
  const inRange = v128.bitselect(f32x4.splat(1), positive, f32x4.gt(values, f32x4.splat(1)));
  const descending = i32x4.neg(v128.and(inRange, i32x4.splat(i32.MAX_VALUE)));
  v128.store(clamped + at, inRange);
  v128.store(keys + at, v128.bitselect(i32x4.splat(last), descending, f32x4.ne(values, values)));
}

/** Puts the four scores from `block` on where they belong. */
// @ts-ignore: decorator
@inline
function place(block: usize, end: usize, to: usize, topK: u32): void {
  const a = v128.load32_splat(keys + block);
  const b = v128.load32_splat(keys + block, 4);
  const c = v128.load32_splat(keys + block, 8);
  const d = v128.load32_splat(keys + block, 12);
  // Lanes of comparisons that hold are -1.
  const own = v128.load(keys + block);
  let ofA = i32x4.lt_s(own, a);
  let ofB = comesBefore(own, b, i32x4(-1, 0, 0, 0));
  let ofC = comesBefore(own, c, i32x4(-1, -1, 0, 0));
  let ofD = comesBefore(own, d, i32x4(-1, -1, -1, 0));
  // Before the block equal keys count too. "Less than the next number" is one instruction, "less or equal" is two.
  const next = i32x4.splat(1);
  const afterA = i32x4.add(a, next);
  const afterB = i32x4.add(b, next);
  const afterC = i32x4.add(c, next);
  const afterD = i32x4.add(d, next);
  for (let at: usize = 0; at < block; at += 16) {
    const others = v128.load(keys + at);
    ofA = i32x4.add(ofA, i32x4.lt_s(others, afterA));
    ofB = i32x4.add(ofB, i32x4.lt_s(others, afterB));
    ofC = i32x4.add(ofC, i32x4.lt_s(others, afterC));
    ofD = i32x4.add(ofD, i32x4.lt_s(others, afterD));
  }
  for (let at = block + 16; at < end; at += 16) {
    const others = v128.load(keys + at);
    ofA = i32x4.add(ofA, i32x4.lt_s(others, a));
    ofB = i32x4.add(ofB, i32x4.lt_s(others, b));
    ofC = i32x4.add(ofC, i32x4.lt_s(others, c));
    ofD = i32x4.add(ofD, i32x4.lt_s(others, d));
  }
  put(block, countOf(ofA), to, topK);
  put(block + 4, countOf(ofB), to, topK);
  put(block + 8, countOf(ofC), to, topK);
  put(block + 12, countOf(ofD), to, topK);
}

/** Which of four keys come before another: smaller ones, and of equal ones those that stand before it. */
// @ts-ignore: decorator
@inline
function comesBefore(keys: v128, other: v128, standBefore: v128): v128 {
  return v128.or(i32x4.lt_s(keys, other), v128.and(i32x4.eq(keys, other), standBefore));
}

// @ts-ignore: decorator
@inline
function countOf(lanes: v128): u32 {
  const pairs = i32x4.add(lanes, i64x2.shuffle(lanes, lanes, 1, 0));
  return -(i32x4.extract_lane(pairs, 0) + i32x4.extract_lane(pairs, 1));
}

// @ts-ignore: decorator
@inline
function put(at: usize, place: u32, to: usize, topK: u32): void {
  if (place >= topK) return;
  const where = to + (<usize>place << 2);
  store<f32>(scores + where, load<f32>(clamped + at));
  store<i32>(labelIds + where, load<i32>(ids + at));
}
