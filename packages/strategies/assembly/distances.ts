/* Squared Euclidean distances from one row to others: the least, or all up to a bound. Distances are those of `src/diversity/plain-distances.ts`, in
 * float64 with four sums, to the bit: what changes here changes there. Of float32 rows, those that are certainly farther than
 * what was found already are passed over by a sum in float32. */

let rows: usize;
let rowBytes: usize;
let centres: usize;
let found: usize;
let foundSquares: usize;
/** Float32's sum of a distance d is at most d times this, plus the next. */
let relative: f64;
let absolute: f64;

export function setUp(
  rowsAt: usize,
  bytesOfRow: usize,
  centresAt: usize,
  foundAt: usize,
  foundSquaresAt: usize,
  relativeError: f64,
  absoluteError: f64,
): void {
  rows = rowsAt;
  rowBytes = bytesOfRow;
  centres = centresAt;
  found = foundAt;
  foundSquares = foundSquaresAt;
  relative = relativeError;
  absolute = absoluteError;
}

export function nearestFloat32(row: u32, from: u32, to: u32, bound: f64): f64 {
  const a = rows + <usize>row * rowBytes;
  let limit = limitOf(bound);
  for (let slot = from; slot < to; slot++) {
    const b = rows + <usize>load<u32>(centres + (<usize>slot << 2)) * rowBytes;
    if (limit < Infinity && !mayBeWithin(a, b, limit)) continue;
    const squared = squaredFloat32(a, b);
    if (squared >= bound) continue;
    bound = squared;
    limit = limitOf(bound);
    store<u32>(found, slot);
  }
  return bound;
}

export function nearestFloat64(row: u32, from: u32, to: u32, bound: f64): f64 {
  const a = rows + <usize>row * rowBytes;
  for (let slot = from; slot < to; slot++) {
    const b = rows + <usize>load<u32>(centres + (<usize>slot << 2)) * rowBytes;
    const squared = squaredFloat64(a, b, bound);
    if (squared >= bound) continue;
    bound = squared;
    store<u32>(found, slot);
  }
  return bound;
}

export function withinFloat32(row: u32, from: u32, to: u32, bound: f64): u32 {
  const a = rows + <usize>row * rowBytes;
  const limit = limitOf(bound);
  let count: u32 = 0;
  for (let slot = from; slot < to; slot++) {
    const b = rows + <usize>load<u32>(centres + (<usize>slot << 2)) * rowBytes;
    if (limit < Infinity && !mayBeWithin(a, b, limit)) continue;
    const squared = squaredFloat32(a, b);
    if (squared <= bound) count = keep(count, slot, squared);
  }
  return count;
}

export function withinFloat64(row: u32, from: u32, to: u32, bound: f64): u32 {
  const a = rows + <usize>row * rowBytes;
  let count: u32 = 0;
  for (let slot = from; slot < to; slot++) {
    const b = rows + <usize>load<u32>(centres + (<usize>slot << 2)) * rowBytes;
    const squared = squaredFloat64(a, b, bound);
    if (squared <= bound) count = keep(count, slot, squared);
  }
  return count;
}

// @ts-ignore: decorator
@inline
function keep(count: u32, slot: u32, squared: f64): u32 {
  store<u32>(found + (<usize>count << 2), slot);
  store<f64>(foundSquares + (<usize>count << 3), squared);
  return count + 1;
}

/** What float32's sum may be where the distance is less than `bound`; anything, where the sum may overflow. */
// @ts-ignore: decorator
@inline
function limitOf(bound: f64): f64 {
  return bound > 3e38 ? Infinity : bound * relative + absolute;
}

// @ts-ignore: decorator
@inline
function mayBeWithin(a: usize, b: usize, limit: f64): bool {
  let first = f32x4.splat(0);
  let second = first;
  let third = first;
  let fourth = first;
  const end = a + rowBytes;
  const whole = a + (rowBytes & ~63);
  // Most rows that are passed over are so for their first few numbers, which are asked early.
  for (let chunk = min(a + 64, whole); a < whole; chunk = min(chunk + 256, whole)) {
    for (; a < chunk; a += 64, b += 64) {
      first = plusSquares(first, v128.load(a), v128.load(b));
      second = plusSquares(second, v128.load(a, 16), v128.load(b, 16));
      third = plusSquares(third, v128.load(a, 32), v128.load(b, 32));
      fourth = plusSquares(fourth, v128.load(a, 48), v128.load(b, 48));
    }
    if (isAbove(first, second, third, fourth, limit)) return false;
  }
  for (; a < end; a += 16, b += 16) first = plusSquares(first, v128.load(a), v128.load(b));
  return !isAbove(first, second, third, fourth, limit);
}

// @ts-ignore: decorator
@inline
function isAbove(first: v128, second: v128, third: v128, fourth: v128, limit: f64): bool {
  return <f64>sumOf(f32x4.add(f32x4.add(first, second), f32x4.add(third, fourth))) > limit;
}

// @ts-ignore: decorator
@inline
function plusSquares(sums: v128, a: v128, b: v128): v128 {
  const difference = f32x4.sub(a, b);
  return f32x4.add(sums, f32x4.mul(difference, difference));
}

// @ts-ignore: decorator
@inline
function sumOf(lanes: v128): f32 {
  const pairs = f32x4.add(lanes, i64x2.shuffle(lanes, lanes, 1, 0));
  return f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1);
}

// @ts-ignore: decorator
@inline
function squaredFloat32(a: usize, b: usize): f64 {
  let low = f64x2.splat(0);
  let high = f64x2.splat(0);
  for (const end = a + rowBytes; a < end; a += 16, b += 16) {
    const lowDifference = f64x2.sub(
      f64x2.promote_low_f32x4(v128.load64_zero(a)),
      f64x2.promote_low_f32x4(v128.load64_zero(b)),
    );
    const highDifference = f64x2.sub(
      f64x2.promote_low_f32x4(v128.load64_zero(a, 8)),
      f64x2.promote_low_f32x4(v128.load64_zero(b, 8)),
    );
    low = f64x2.add(low, f64x2.mul(lowDifference, lowDifference));
    high = f64x2.add(high, f64x2.mul(highDifference, highDifference));
  }
  return sumOfPairs(low, high);
}

/** The distance, or, once it has passed `bound`, any number that has. */
// @ts-ignore: decorator
@inline
function squaredFloat64(a: usize, b: usize, bound: f64): f64 {
  let low = f64x2.splat(0);
  let high = f64x2.splat(0);
  const end = a + rowBytes;
  while (a < end) {
    for (const chunk = min(a + 512, end); a < chunk; a += 32, b += 32) {
      const lowDifference = f64x2.sub(v128.load(a), v128.load(b));
      const highDifference = f64x2.sub(v128.load(a, 16), v128.load(b, 16));
      low = f64x2.add(low, f64x2.mul(lowDifference, lowDifference));
      high = f64x2.add(high, f64x2.mul(highDifference, highDifference));
    }
    if (sumOfPairs(low, high) > bound) break;
  }
  return sumOfPairs(low, high);
}

// @ts-ignore: decorator
@inline
function sumOfPairs(low: v128, high: v128): f64 {
  const sums = f64x2.add(low, high);
  return f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
}
