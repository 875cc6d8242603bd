/** What is between numbers, and the numbers. */
function parts(text: string): { words: string[]; numbers: number[] } {
  const number = /-?\d+(?:\.\d+)?(?:e[-+]?\d+)?/g;
  return {
    words: text.split(number).map((part) => part.replace(/\s+/g, ' ')),
    numbers: (text.match(number) ?? []).map(Number),
  };
}

/** Whether two texts are the same but for what another processor makes of the last digits. */
export function sameWords(one: string, two: string): boolean {
  const [a, b] = [parts(one), parts(two)];
  const isNear = (value: number, at: number): boolean =>
    Math.abs(value - b.numbers[at]!) <= 1e-3 * Math.max(1e-3, Math.abs(value));
  return String(a.words) === String(b.words) && a.numbers.every(isNear);
}
