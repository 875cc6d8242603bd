/** What `map` gives for each value, in order, with `count` of them under way. A value is read when
 * there is room for it, and handed out as soon as it is there, whether or not the next has come.
 */
export async function* readAhead<T, R>(
  source: Iterable<T> | AsyncIterable<T>,
  map: (value: T) => Promise<R>,
  count: number,
): AsyncGenerator<R, void, undefined> {
  const iterator = Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
  let last: Promise<unknown> = Promise.resolve();
  const read = (): Promise<{ readonly value: R } | null> => {
    const next = last.then(() => iterator.next());
    const mapped = next.then(async ({ done, value }) => (done ? null : { value: await map(value as T) }));
    // It is thrown when it is its turn; until then nobody listens.
    last = next.catch(() => {});
    mapped.catch(() => {});
    return mapped;
  };
  const waiting = Array.from({ length: count }, read);
  try {
    for (;;) {
      const found = await waiting.shift()!;
      if (found === null) return;
      waiting.push(read());
      yield found.value;
    }
  } finally {
    // A source that waits for more may never end its turn.
    void iterator.return?.();
  }
}
