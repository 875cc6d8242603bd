/* The pixels of photographs, without a copy for each step: baseline JPEG to planes, planes or RGB bytes to the rows of a model's
 * input. `src/pixel-engine.ts` is its only caller, and says what it checked before.
 * Built by AssemblyScript to `dist/pixels.wasm`. */

export { reserve, resetArena } from './arena';
export { buildHuffmanTable, decodeScan, setComponent, setQuantisation } from './planes';
export { startResampling, takePlanes, takeRgb, writeInput } from './image';
export { channelTable, setReversed } from './tensor-row';
