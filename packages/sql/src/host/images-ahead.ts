import type { FollowingImages } from './image-sources.ts';

/** Images in the order in which a query asks for them, some of them given out before it does. */
export interface ImagesAhead extends AsyncIterable<string | Uint8Array> {
  /** Whether these are the next ones, and none has changed since it was given out. */
  continuesWith(images: readonly (string | Uint8Array)[]): boolean;
  /** Whether none is left that was not asked for. */
  readonly areAllAsked: boolean;
  /** Gives out the next ones, and as many after them as `ahead` says. */
  ask(count: number, ahead: number): void;
}

/** @param images what is asked for first.
 * @param following what the query will ask for then, if nothing ends it.
 * @param stateOf the state of a file by its path: what was predicted of another must not be
 * taken for what it holds by then. */
export function createImagesAhead(
  images: readonly (string | Uint8Array)[],
  following: FollowingImages | null,
  stateOf: (image: string | Uint8Array) => string | null,
): ImagesAhead {
  const length = images.length + (following?.length ?? 0);
  const imageAt = (at: number): string | Uint8Array | undefined =>
    at < images.length ? images[at] : following?.at(at - images.length);
  const states = new Map<number, string | null>();
  let asked = 0;
  let allowed = 0;
  let goOn = (): void => undefined;
  return {
    continuesWith: (some) =>
      some.every((image, at) => {
        const state = states.get(asked + at);
        return image === imageAt(asked + at) && (state === undefined || state === stateOf(image));
      }),
    get areAllAsked() {
      return asked >= length;
    },
    ask(count, ahead) {
      for (let at = asked; at < asked + count; at++) states.delete(at);
      asked += count;
      allowed = asked + ahead;
      goOn();
    },
    async *[Symbol.asyncIterator]() {
      for (let at = 0; at < length; at++) {
        if (at >= allowed) await new Promise<void>((resolve) => (goOn = resolve));
        const image = imageAt(at)!;
        if (at >= asked) states.set(at, stateOf(image));
        yield image;
      }
    },
  };
}
