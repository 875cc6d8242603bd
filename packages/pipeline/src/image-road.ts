import type { SessionPool } from '@qualm/threads';
import type { BackendModel, Preprocessor } from '@qualm/types';

/** Asks the threads of a model's sessions, which take images all the way there. */
export type AskThreads = SessionPool['ask'];

interface Road {
  readonly preprocessor: Preprocessor;
  readonly head: object;
  readonly ask: AskThreads;
}

interface Travelled {
  readonly run: BackendModel['run'];
  readonly preprocessor: Preprocessor;
  readonly head: object;
}

const roads = new WeakMap<BackendModel['run'], Road>();

/** Has images of this model, and of copies with the same `run`, `preprocessor` and `head`, go all
 * the way in threads.
 */
export function setRoad({ run, preprocessor, head }: Travelled, ask: AskThreads): void {
  roads.set(run, { preprocessor, head, ask });
}

/** The threads that take images all the way with just this `run`, `preprocessor` and `head`; null
 * where none do.
 */
export function roadOf({ run, preprocessor, head }: Travelled): AskThreads | null {
  const road = roads.get(run);
  return road?.preprocessor === preprocessor && road.head === head ? road.ask : null;
}
