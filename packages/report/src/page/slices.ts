/** Work that may rest wherever it yields. */
export type Slices<Result> = Generator<undefined, Result, undefined>;

/** Milliseconds of work without a rest: less than a frame, so that the page answers in between. */
const longest = 12;

/** Does all of it at once. */
export function finish<Result>(work: Slices<Result>): Result {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

/** Does a slice of it.
 * @returns the result; undefined while there is more to do
 */
export function goOn<Result extends object>(work: Slices<Result>): Result | undefined {
  const began = performance.now();
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
    if (performance.now() - began >= longest) return undefined;
  }
}
