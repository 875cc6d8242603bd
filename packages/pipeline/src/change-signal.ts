/** Lets several waiters know that something changed; they look for themselves what. */
export interface ChangeSignal {
  /** Resolves at the next `notify`. */
  wait(): Promise<void>;
  readonly notify: () => void;
}

/** A signal that nothing has been told yet. */
export function createChangeSignal(): ChangeSignal {
  let resolve: () => void = () => {};
  let next: Promise<void> | null = null;
  return {
    wait: () => (next ??= new Promise<void>((done) => (resolve = done))),
    notify: () => {
      next = null;
      resolve();
    },
  };
}
