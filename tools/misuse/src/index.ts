export { functionsOf } from './functions-of.ts';
export { misuses } from './misuses.ts';
export { place } from './place.ts';
export type { Place } from './place.ts';
export type { WrongKind } from './wrong-values.ts';
