/** The nearest whole number, of two the even one, as Python's `round` and OpenCV's `cvRound` do.
 * @example roundHalfEven(2.5) // 2
 */
export function roundHalfEven(value: number): number {
  const down = Math.floor(value);
  const rest = value - down;
  if (rest !== 0.5) return rest < 0.5 ? down : down + 1;
  return down % 2 === 0 ? down : down + 1;
}
