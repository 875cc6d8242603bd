/** The least of the times that `run` takes, in milliseconds. */
export function bestOf(repeats: number, run: () => unknown): number {
  const times = Array.from({ length: repeats }, () => {
    const began = performance.now();
    run();
    return performance.now() - began;
  });
  return Math.min(...times);
}
