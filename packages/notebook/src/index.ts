export type { ShowOptions } from './bundle-of.ts';
export type { MimeBundle } from './mime-bundle.ts';
export { jupyterDisplay, show } from './show.ts';
export type {
  Displayable,
  /** @deprecated Use `Displayable`. */
  Displayable as Shown,
} from './show.ts';
