/* The entropy-coded bytes of a scan, made easy to read: stuffed zeros dropped, and each group of four bytes turned round, so
 * that a little-endian load gives the next 32 bits of the stream. See ITU-T T.81, F.1.2.3. */

/** Where the last copy ended. */
export let copyEnd: usize = 0;

/** Copies from `source` up to the next marker, or to `end`, to `target`.
 * @returns the address of the marker, or `end`.
 */
export function copyEntropyCoded(source: usize, end: usize, target: usize): usize {
  let from = source;
  let to = target;
  while (from < end) {
    const bytes = v128.load(from);
    const marks = i8x16.bitmask(i8x16.eq(bytes, i8x16.splat(-1)));
    const plain = min<usize>(marks ? <usize>ctz(marks) : 16, end - from);
    v128.store(to, bytes);
    from += plain;
    to += plain;
    if (plain == 16 || from >= end) continue;
    if (load<u8>(from + 1) != 0) break;
    store<u8>(to, 0xff);
    from += 2;
    to += 1;
  }
  copyEnd = to;
  turnWords(target, to);
  return min(from, end);
}

function turnWords(start: usize, end: usize): void {
  for (let at = start; at < end; at += 16) {
    const bytes = v128.load(at);
    v128.store(at, i8x16.shuffle(bytes, bytes, 3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12));
  }
}
