/** What is said of an image in which no box counts. */
export function noBoxWords(minScore: number): string {
  return minScore > 0 ? `no box above ${minScore}` : 'no box';
}
