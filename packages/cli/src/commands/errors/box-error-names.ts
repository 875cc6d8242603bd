import type { BoxError } from '@qualm/selection';

/** What `--error` takes. */
export const boxErrorNames = [
  'overlooked',
  'swapped',
  'badly-located',
  'spurious',
] as const satisfies readonly BoxError[];
