/** Made when a number first needs it, since that takes 14 ms. */
let separated: Intl.NumberFormat | undefined;

/** A count with all its digits, as people read it; a fraction has three decimals at most.
 * @example countText(12345) // '12,345'
 */
export function countText(count: number): string {
  if (Number.isInteger(count) && Math.abs(count) < 1000) return String(count);
  return (separated ??= new Intl.NumberFormat('en-US')).format(count);
}

/** A count of things, or what is said of them.
 * @param one what follows 1
 * @param several what follows any other number. Default `one` with an s.
 * @example counted(12345, 'image') // '12,345 images'
 * @example counted(1, 'box is', 'boxes are') // '1 box is'
 */
export function counted(count: number, one: string, several = `${one}s`): string {
  return `${countText(count)} ${count === 1 ? one : several}`;
}
