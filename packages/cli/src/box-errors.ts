/** What may be wrong with a box, by the name that the list has for it. */
export const boxErrors = ['overlooked', 'swapped', 'badly-located'] as const;
export type BoxError = (typeof boxErrors)[number];
