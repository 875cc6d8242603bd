/** A whole number as English counts: 1st, 2nd, 3rd, 4th, 11th. */
export function ordinal(number: number): string {
  const [tens, ones] = [Math.floor(number / 10) % 10, number % 10];
  const suffix = tens === 1 ? undefined : ['th', 'st', 'nd', 'rd'][ones];
  return `${number}${suffix ?? 'th'}`;
}
