/* One arena holds all that an image needs. Each image starts it anew; it grows and never shrinks. */

let top: usize = 0;

// Vectors are read up to 64 bytes past the end of what they are read for.
const slack: usize = 64;

/** Forgets everything that was reserved. */
export function resetArena(): void {
  top = (__heap_base + 15) & ~15;
}

/** Reserves everything below `end`, which another module has taken. */
export function claim(end: usize): void {
  top = max(top, (end + slack + 15) & ~15);
}

/** The address of so many bytes, a multiple of 16; what lies there is whatever was there before. */
export function reserve(bytes: usize): usize {
  const at = top;
  top = (at + bytes + slack + 15) & ~15;
  if (top < at) unreachable();
  const pages = <i32>((top + 0xffff) >> 16) - memory.size();
  if (pages > 0 && memory.grow(pages) < 0) unreachable();
  return at;
}
