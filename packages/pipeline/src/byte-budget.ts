/** Bytes that may be held at the same time. */
export interface ByteBudget {
  /** A share of the budget. Claims are served in the order in which they were made. */
  claim(): ByteClaim;
}

/** What one task holds of a budget. */
export interface ByteClaim {
  /** Resolves when so many bytes more fit, or when every claim that was made before is released:
   * what comes first always goes on, however large it is.
   * @throws the reason of the signal
   */
  add(bytes: number, signal: AbortSignal): Promise<void>;
  release(): void;
}

interface Waiter {
  readonly holder: Holder;
  readonly bytes: number;
  readonly grant: () => void;
}

interface Holder {
  readonly number: number;
  held: number;
}

export function createByteBudget(limit: number): ByteBudget {
  const holders = new Set<Holder>();
  const waiting: Waiter[] = [];
  let made = 0;
  let used = 0;

  function advance(): void {
    for (let next = waiting[0]; next; next = waiting[0]) {
      const { holder, bytes, grant } = next;
      const [oldest] = holders;
      if (holder !== oldest && used + bytes > limit) return;
      waiting.shift();
      holder.held += bytes;
      used += bytes;
      grant();
    }
  }

  function forget(waiter: Waiter): void {
    const place = waiting.indexOf(waiter);
    if (place >= 0) waiting.splice(place, 1);
    advance();
  }

  return {
    claim() {
      const holder: Holder = { number: made++, held: 0 };
      holders.add(holder);
      return {
        add(bytes, signal) {
          return new Promise((resolve, reject) => {
            signal.throwIfAborted();
            const giveUp = (): void => {
              forget(waiter);
              reject(signal.reason as Error);
            };
            const grant = (): void => {
              signal.removeEventListener('abort', giveUp);
              resolve();
            };
            const waiter: Waiter = { holder, bytes, grant };
            signal.addEventListener('abort', giveUp, { once: true });
            const behind = waiting.findIndex((other) => other.holder.number > holder.number);
            waiting.splice(behind < 0 ? waiting.length : behind, 0, waiter);
            advance();
          });
        },
        release() {
          if (!holders.delete(holder)) return;
          used -= holder.held;
          advance();
        },
      };
    },
  };
}
