/* Pixels of an image to the rows of a model's input. `src/pixel-engine.ts` is its only caller, and says what it checked before.
 * Built by AssemblyScript to `dist/pixels.wasm`, whose memory `@qualm/jpeg` decodes into: the first page is the decoder's. */

export { claim, reserve, resetArena } from './arena';
export { startResampling, takeRgb, takeRgba, writeInput } from './image';
export { channelTable, setReversed } from './tensor-row';
