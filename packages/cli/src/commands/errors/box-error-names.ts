import type { BoxError } from '@qualm/selection';

/** What `--errors` takes. */
export const boxErrorNames = ['overlooked', 'swapped', 'badly-located'] as const satisfies readonly BoxError[];
