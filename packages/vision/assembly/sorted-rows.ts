/* Rows of scores, taken into 0..1 and sorted descending, with an id beside each, as `src/heads/plain-sorted-rows.ts` does it: ties
 * in the order in which they came, NaN last. A score's place is how many scores come before it. They are counted by the first 16 bits
 * of each, of eight scores at once, and neighbours that only their further bits tell apart are put right at the end. */

export const maxClasses: i32 = 256;
export const maxScores: i32 = 1 << 13;
/** Vectors are read and written up to 60 bytes past the last score, here and below. */
export const input = memory.data(32768 + 64, 16);
export const ids = memory.data(1024, 16);
/** A row is sorted whole, and the next one overwrites what it has beyond `topK`. */
export const scores = memory.data(32768 + 64, 16);
export const labelIds = memory.data(32768 + 64, 16);
/** Of one row: the scores in 0..1, 16 bits of each that are ordered the other way round, and their places. */
const clamped = memory.data(1024 + 64, 16);
const keys = memory.data(512 + 32, 16);
const places = memory.data(512 + 32, 16);
/** The keys of eight scores. */
const eight: usize = 16;

export function sort(rows: u32, numClasses: u32, topK: u32): void {
  const rowBytes = <usize>numClasses << 2;
  const used = <usize>numClasses << 1;
  const end = (used + 31) & ~31;
  for (let row: u32 = 0, from = input, to: usize = 0; row < rows; row++, from += rowBytes, to += <usize>topK << 2) {
    for (let at: usize = 0; at < end; at += eight) {
      const first = key(from, at << 1);
      const second = key(from, (at << 1) + 16);
      v128.store(keys + at, i16x8.narrow_i32x4_s(first, second));
    }
    for (let at = used; at < end; at += 2) store<i16>(keys + at, i16.MAX_VALUE);
    for (let at: usize = 0; at < end; at += 2 * eight) place(at, used);
    for (let at: usize = 0; at < rowBytes; at += 4) {
      const where = to + (<usize>load<u16>(places + (at >> 1)) << 2);
      store<f32>(scores + where, load<f32>(clamped + at));
      store<i32>(labelIds + where, load<i32>(ids + at));
    }
    if (isUnsorted(to, rowBytes)) insert(to, rowBytes);
  }
}

/** Stores four scores in 0..1, and gives integers that are ordered the other way round: from -32,512 to 0, of NaN more than fits. */
// @ts-ignore: decorator
@inline
function key(from: usize, at: usize): v128 {
  const values = v128.load(from + at);
  const positive = v128.andnot(values, f32x4.lt(values, f32x4.splat(0)));
  const inRange = v128.bitselect(f32x4.splat(1), positive, f32x4.gt(values, f32x4.splat(1)));
  v128.store(clamped + at, inRange);
  const descending = i32x4.shr_s(i32x4.neg(v128.and(inRange, i32x4.splat(i32.MAX_VALUE))), 15);
  return v128.bitselect(i32x4.splat(i32.MAX_VALUE), descending, f32x4.ne(values, values));
}

/** Finds the places of the sixteen scores whose keys are from `block` on: each goes behind smaller keys, and equal ones before it. */
// @ts-ignore: decorator
@inline
function place(block: usize, end: usize): void {
  const ownA = v128.load(keys + block);
  const ownB = v128.load(keys + block, eight);
  // Lanes of comparisons that hold are -1; of whole numbers, "less or equal" is less than the next one.
  let ofA = i16x8.splat(0);
  let ofB = i16x8.splat(0);
  for (let at: usize = 0; at < block; at += 2) {
    const other = i16x8.sub(v128.load16_splat(keys + at), i16x8.splat(1));
    ofA = i16x8.add(ofA, i16x8.lt_s(other, ownA));
    ofB = i16x8.add(ofB, i16x8.lt_s(other, ownB));
  }
  const lanes = i16x8(0, 1, 2, 3, 4, 5, 6, 7);
  for (let lane: i16 = 0; lane < 8; lane++) {
    const isBefore = i16x8.lt_s(i16x8.splat(lane), lanes);
    const inA = v128.load16_splat(keys + block + (<usize>lane << 1));
    const inB = v128.load16_splat(keys + block + (<usize>lane << 1), eight);
    ofA = i16x8.add(ofA, i16x8.lt_s(i16x8.add(inA, isBefore), ownA));
    ofB = i16x8.add(ofB, i16x8.lt_s(i16x8.sub(inA, i16x8.splat(1)), ownB));
    ofA = i16x8.add(ofA, i16x8.lt_s(inB, ownA));
    ofB = i16x8.add(ofB, i16x8.lt_s(i16x8.add(inB, isBefore), ownB));
  }
  for (let at = block + 2 * eight; at < end; at += 2) {
    const other = v128.load16_splat(keys + at);
    ofA = i16x8.add(ofA, i16x8.lt_s(other, ownA));
    ofB = i16x8.add(ofB, i16x8.lt_s(other, ownB));
  }
  v128.store(places + block, i16x8.neg(ofA));
  v128.store(places + block, i16x8.neg(ofB), eight);
}

/** Whether a score of a row may be less than the one after it. */
// @ts-ignore: decorator
@inline
function isUnsorted(to: usize, rowBytes: usize): bool {
  store<f32>(scores + to + rowBytes, f32.NaN);
  let less = i32x4.splat(0);
  for (let at = scores + to; at < scores + to + rowBytes; at += 16) {
    less = v128.or(less, f32x4.lt(v128.load(at), v128.load(at, 4)));
  }
  return v128.any_true(less);
}

/** Sorts what is nearly sorted. */
function insert(to: usize, rowBytes: usize): void {
  for (let at = to + 4; at < to + rowBytes; at += 4) {
    const score = load<f32>(scores + at);
    const id = load<i32>(labelIds + at);
    let where = at;
    for (; where > to && load<f32>(scores + where - 4) < score; where -= 4) {
      store<f32>(scores + where, load<f32>(scores + where - 4));
      store<i32>(labelIds + where, load<i32>(labelIds + where - 4));
    }
    store<f32>(scores + where, score);
    store<i32>(labelIds + where, id);
  }
}
