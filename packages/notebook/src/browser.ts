export type { ShowOptions } from './bundle-of.ts';
export { showElement } from './show-element.ts';
