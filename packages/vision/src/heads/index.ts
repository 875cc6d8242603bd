export { createSoftmax, identity, sigmoid } from './activation.ts';
export { heads } from './heads.ts';
export { assertLabels, readOutput } from './read-output.ts';
export type { OutputRow, WantedShape } from './read-output.ts';
export { writeCenteredBox } from './write-centered-box.ts';
