/* Tables that turn the next bits of a stream into a coefficient in one step. See ITU-T T.81, F.2.2.3.
 *
 * An entry, from its high bits: the value (16), how many bits of the value are still to be read (4), how far the position in
 * the block moves (7), how many bits it takes, code and value (5). Short codes with short values are whole: nothing is left to
 * read. */

export const fastBits: i32 = 10;
const fastEntries: i32 = 1 << fastBits;

/** Moves past the end of any block, and past where a run that is too long can lead. */
const endOfBlock: i32 = 80;

// What codes longer than `fastBits` need, for lengths 0 to 16: the first 16-bit value past the codes of that length (u32),
// and what leads from a code to its symbol (i32); then the 256 symbols.
const limitsAt: usize = <usize>fastEntries << 2;
const deltasAt: usize = limitsAt + 17 * 4;
const symbolsAt: usize = deltasAt + 17 * 4;
const tableBytes: usize = symbolsAt + 256;

const tables = memory.data(8 * (4 * 1024 + 2 * 17 * 4 + 256), 16);

/** Whether a code came that no table has. */
export let isBroken: bool = false;

export function clearBroken(): void {
  isBroken = false;
}

/** The table of a destination, 0 to 3, for coefficient 0 (DC) or for the others (AC). */
export function huffmanTable(isAc: bool, destination: i32): usize {
  return tables + <usize>(((<i32>isAc) << 2) | destination) * tableBytes;
}

/** Fills a table from the 16 counts and the symbols of a DHT segment at `source`.
 * @returns false for counts that are not a prefix code.
 */
export function buildHuffmanTable(isAc: bool, destination: i32, source: usize): bool {
  const table = huffmanTable(isAc, destination);
  memory.fill(table, 0, limitsAt);
  let code: u32 = 0;
  let index: u32 = 0;
  for (let length: u32 = 1; length <= 16; length++) {
    const count = <u32>load<u8>(source + length - 1);
    if (code + count > 1 << length || index + count > 256) return false;
    store<i32>(table + (length << 2), <i32>index - <i32>code, deltasAt);
    for (const end = index + count; index < end; index++, code++) {
      const symbol = load<u8>(source + 16 + index);
      store<u8>(table + index, symbol, symbolsAt);
      if (length <= <u32>fastBits) fillEntries(table, isAc, code, length, symbol);
    }
    store<u32>(table + (length << 2), code << (16 - length), limitsAt);
    code <<= 1;
  }
  return true;
}

function fillEntries(table: usize, isAc: bool, code: u32, length: u32, symbol: u32): void {
  const spare = <u32>fastBits - length;
  for (let low: u32 = 0; low < 1 << spare; low++) {
    const at = table + <usize>(((code << spare) | low) << 2);
    store<u32>(at, entryOf(isAc, symbol, length, low, spare));
  }
}

/** @param low the `spare` bits that follow the code */
function entryOf(isAc: bool, symbol: u32, length: u32, low: u32, spare: u32): u32 {
  const size = symbol & 15;
  const advance = !isAc ? 0 : size || symbol == 0xf0 ? (symbol >> 4) + 1 : endOfBlock;
  if (size > spare) return (size << 12) | (advance << 5) | (length + size);
  const value = extend(<i32>(low >> (spare - size)), size);
  return (<u32>value << 16) | (advance << 5) | (length + size);
}

/** The value of `size` raw bits: F.2.2.1, EXTEND. */
// @ts-ignore: decorator
@inline
export function extend(raw: i32, size: u32): i32 {
  return raw + (((raw >> (size - 1)) - 1) & (1 - (1 << size)));
}

/** The entry of a code longer than `fastBits`, or of none. */
export function longEntry(table: usize, isAc: bool, code: u32): u32 {
  for (let length: u32 = fastBits + 1; length <= 16; length++) {
    const at = table + <usize>(length << 2);
    if (code < load<u32>(at, limitsAt)) {
      const index = <i32>(code >> (16 - length)) + load<i32>(at, deltasAt);
      return entryOf(isAc, load<u8>(table + <usize>index, symbolsAt), length, 0, 0);
    }
  }
  isBroken = true;
  return (endOfBlock << 5) | 16;
}
