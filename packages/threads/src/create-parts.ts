import type { ThreadPart } from '@qualm/types';
import type { Parcel } from './parcel.ts';

type Answer = (request: unknown) => Promise<Parcel<unknown>>;

/** A module of the caller's in a thread, whose `open` gets the part's text and a way to ask the thread's own service. */
interface PartModule {
  open(data: string, ask: (request: unknown) => Promise<unknown>): Promise<Answer>;
}

/** A function from a part to what answers its requests; each part is opened once. One that cannot be opened is tried again. */
export function createParts(ask: (request: unknown) => Promise<unknown>): (part: ThreadPart) => Promise<Answer> {
  const opened = new Map<string, Promise<Answer>>();
  return ({ module, data }) => {
    const key = `${module}\n${data}`;
    const known = opened.get(key);
    if (known) return known;
    const opening = import(module).then(({ open }: PartModule) => open(data, ask));
    opened.set(key, opening);
    opening.catch(() => opened.delete(key));
    return opening;
  };
}
