/* Greedy suppression box by box, each group by itself, as `src/heads/kept-boxes.ts` decides it, to the last bit. The boxes that are
 * kept of a group lie in blocks of four, so that a box is compared with four at once. */

export const maxGroups: i32 = 1 << 11;
export const maxKept: i32 = 1 << 11;
const blockBytes: usize = 96;
/** Of each block four xmin, ymin, xmax, ymax and areas, the next block, and how many boxes it has. */
const blocks = memory.data(196608, 16);
/** Of each group its first block and its last, 0 where there is none. */
const firsts = memory.data(8192, 16);
const lasts = memory.data(8192, 16);
let free: usize = blocks;

export function clear(groups: u32): void {
  memory.fill(firsts, 0, <usize>groups << 2);
  free = blocks;
}

/** Whether the box is kept; of boxes that have an area. */
export function add(group: u32, left: f32, top: f32, right: f32, bottom: f32, threshold: f32): bool {
  const lefts = f32x4.splat(left);
  const tops = f32x4.splat(top);
  const rights = f32x4.splat(right);
  const bottoms = f32x4.splat(bottom);
  const area = (right - left) * (bottom - top);
  const areas = f32x4.splat(area);
  const most = f32x4.splat(threshold);
  const none = f32x4.splat(0);
  const slot = <usize>group << 2;
  for (let block = <usize>load<u32>(firsts + slot); block; block = <usize>load<u32>(block, 80)) {
    const across = f32x4.sub(
      f32x4.pmin(rights, v128.load(block, 32)),
      f32x4.pmax(lefts, v128.load(block)),
    );
    const down = f32x4.sub(
      f32x4.pmin(bottoms, v128.load(block, 48)),
      f32x4.pmax(tops, v128.load(block, 16)),
    );
    const shared = f32x4.mul(across, down);
    const union = f32x4.sub(f32x4.add(v128.load(block, 64), areas), shared);
    const isOver = f32x4.gt(f32x4.div(shared, union), most);
    if (v128.any_true(v128.and(isOver, v128.and(f32x4.gt(across, none), f32x4.gt(down, none))))) return false;
  }
  keep(slot, left, top, right, bottom, area);
  return true;
}

function keep(slot: usize, left: f32, top: f32, right: f32, bottom: f32, area: f32): void {
  const isFirst = load<u32>(firsts + slot) == 0;
  let block = <usize>load<u32>(lasts + slot);
  if (isFirst || load<u32>(block, 84) == 4) {
    if (isFirst) store<u32>(firsts + slot, <u32>free);
    else store<u32>(block, <u32>free, 80);
    block = free;
    free += blockBytes;
    store<u32>(lasts + slot, <u32>block);
    // Boxes that share nothing with any other.
    memory.fill(block, 0, blockBytes);
    v128.store(block, f32x4.splat(Infinity));
  }
  const count = load<u32>(block, 84);
  const at = block + (<usize>count << 2);
  store<f32>(at, left);
  store<f32>(at, top, 16);
  store<f32>(at, right, 32);
  store<f32>(at, bottom, 48);
  store<f32>(at, area, 64);
  store<u32>(block, count + 1, 84);
}
