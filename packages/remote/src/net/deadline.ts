/** A time limit. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** True once the time was up. */
  readonly isOver: () => boolean;
  clear(): void;
}

/** A signal that is aborted when so much time has passed, or with the signal of the caller. */
export function createDeadline(ms: number, outer: AbortSignal | undefined): Deadline {
  const controller = new AbortController();
  let isOver = false;
  const expire = (): void => {
    isOver = true;
    controller.abort(new Error(`did not end within ${ms / 1000} s`));
  };
  const timer = setTimeout(expire, ms);
  const abort = (): void => controller.abort(outer?.reason);
  if (outer?.aborted) abort();
  outer?.addEventListener('abort', abort, { once: true });
  return {
    signal: controller.signal,
    isOver: () => isOver,
    clear() {
      clearTimeout(timer);
      outer?.removeEventListener('abort', abort);
    },
  };
}
