/* The decoder takes what it needs from where it is told, upwards. The memory grows and never shrinks. */

let top: usize = 0;

// Vectors are read and written up to 64 bytes past the end of what they are for.
const slack: usize = 64;

/** The first address that nothing was reserved at. */
export function arenaEnd(): usize {
  return top;
}

/** Forgets what was reserved, and reserves from `address` on. */
export function startArena(address: usize): void {
  top = 0;
  reserve(address);
}

/** The address of so many bytes, a multiple of 16; what lies there is whatever was there before. */
export function reserve(bytes: usize): usize {
  const at = top;
  top = (at + bytes + slack + 15) & ~15;
  if (top < at) unreachable();
  makeRoom(top);
  return at;
}

/** Grows the memory until it has the bytes below `end`. */
export function makeRoom(end: usize): void {
  const pages = <i32>((end + 0xffff) >> 16) - memory.size();
  if (pages > 0 && memory.grow(pages) < 0) unreachable();
}
