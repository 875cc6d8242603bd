/** The same function, which remembers its last result. */
export function createLast<Result>(make: (key: string) => Result): (key: string) => Result {
  let last: { readonly key: string; readonly result: Result } | undefined;
  return (key) => {
    if (last?.key !== key) last = { key, result: make(key) };
    return last.result;
  };
}
