/** What `qualm errors` looks for where nobody says otherwise. */
export const likelyErrors = {
  errors: ['overlooked', 'swapped'],
  highScore: 0.8,
  lowScore: 0.5,
  maxQuality: 0.5,
} as const;
