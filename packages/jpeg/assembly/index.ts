/* Baseline JPEG to planes, and planes to rows of pixels, in memory of the caller's. `src/decode-jpeg.ts` is the only caller,
 * and says what it checked before. The tables lie in the first page; what is written elsewhere is reserved from `startArena`
 * on. */

export { arenaEnd, reserve, startArena } from './arena';
export { buildHuffmanTable, decodeScan, setComponent, setQuantisation } from './planes';
export { startRows, writeRows } from './rows';

/** Where the tables end. */
export const tablesEnd: usize = __heap_base;
