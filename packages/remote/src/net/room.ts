/** Waits until so many bytes may be held. */
export type Room = (bytes: number) => Promise<void>;

/** Thrown by an attempt whose bytes may not be held yet: its connection is let go of, and the next
 * attempt comes when they may be.
 */
export class RoomNeeded extends Error {
  override readonly name = 'RoomNeeded';
  readonly granted: Promise<void>;

  constructor(granted: Promise<void>) {
    super('there is no room yet');
    this.granted = granted;
    // Heard of where it is waited for.
    granted.catch(() => undefined);
  }
}

/** Room of one image, which is asked for once, however many attempts there are.
 * @throws RoomNeeded where it is not there at once.
 */
export function roomOfImage(room: Room): Room {
  let held = 0;
  return async (bytes) => {
    if (bytes <= held) return;
    const granted = room(bytes).then(() => void (held = Math.max(held, bytes)));
    const isThere = await Promise.race([granted.then(() => true), soon().then(() => false)]);
    if (!isThere) throw new RoomNeeded(granted);
  };
}

/** What `attempt` gives, made again when there is room for it. */
export async function withRoom<T>(attempt: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof RoomNeeded)) throw error;
      await error.granted;
    }
  }
}

function soon(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
