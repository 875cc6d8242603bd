import type { Image } from '@qualm/types';
import { addFinding, evidenceOf } from './reading.ts';
import type { Reading } from './reading.ts';
import { findingOf, outputsOfChanges } from './try-hypotheses.ts';
import type { Running } from './try-hypotheses.ts';

/** How far readings are tried before the worst of them are dropped. */
export interface Round {
  /** Images in all, those of the rounds before included. */
  readonly images: number;
  /** Readings with a smaller share of the best evidence are dropped. */
  readonly share: number;
  /** Readings that go on, at most. */
  readonly most: number;
}

/** Readings in the order of their evidence. */
export interface Race {
  /** Those that were tried on all images of all rounds, or are the only one left. */
  readonly left: readonly Reading[];
  /** Those that were dropped, the last one first; a reading whose head refuses outputs is dropped
   * after that round. */
  readonly dropped: readonly Reading[];
}

/** Tries readings on a few images, drops those that are far behind, tries the others on more, and
 * so on (successive halving). Ends early where one is left.
 * @param tell is called after each image of each input, with how many are to come at most.
 * @see Jamieson & Talwalkar 2016, Non-stochastic Best Arm Identification, algorithm 1
 */
export async function raceReadings(
  readings: readonly Reading[],
  images: readonly Image[],
  rounds: readonly Round[],
  running: Running,
  tell: (left: number) => void,
): Promise<Race> {
  let left = [...readings];
  let dropped: Reading[] = [];
  for (const [at, round] of rounds.entries()) {
    if (left.length === 0) break;
    const some = images.slice(0, round.images);
    const later = rounds.slice(at + 1);
    const told = (toCome: number): void =>
      tell(toCome + mostRuns(Math.min(left.length, round.most), later, some.length, images.length));
    await tryOn(left, some, running, told);
    const ranked = left.toSorted((a, b) => (evidenceOf(b) ?? -1) - (evidenceOf(a) ?? -1));
    if (some.length === images.length) return { left: ranked, dropped };
    const least = round.share * (evidenceOf(ranked[0]!) ?? 0);
    left = ranked.slice(0, round.most).filter((reading) => (evidenceOf(reading) ?? -1) >= least);
    dropped = [...ranked.filter((reading) => !left.includes(reading)), ...dropped];
    if (left.length < 2) break;
  }
  return { left, dropped };
}

/** Images of inputs that rounds take at most, when so many readings are left. */
export function mostRuns(readings: number, rounds: readonly Round[], done: number, numImages: number): number {
  let [runs, from, left] = [0, done, readings];
  for (const { images, most } of rounds) {
    const to = Math.min(images, numImages);
    runs += left * (to - from);
    [from, left] = [to, Math.min(left, most)];
  }
  return runs;
}

/** Readings that share their input share its runs; as many inputs at once as the model has
 * sessions, and one whose images are decoded meanwhile.
 */
async function tryOn(
  readings: readonly Reading[],
  images: readonly Image[],
  running: Running,
  tell: (left: number) => void,
): Promise<void> {
  const groups = new Map<string, Reading[]>();
  for (const reading of readings) {
    const key = JSON.stringify(reading.spec.input);
    groups.set(key, [...(groups.get(key) ?? []), reading]);
  }
  const toDo = (group: readonly Reading[]): readonly Image[] => images.slice(group[0]!.consistencies.length);
  let toCome = [...groups.values()].reduce((sum, group) => sum + toDo(group).length, 0);
  const waiting = groups.values();
  const lane = async (): Promise<void> => {
    for (const group of waiting)
      for (const image of toDo(group)) {
        const outputs = await outputsOfChanges(image, group[0]!.spec.input, running);
        for (const reading of group) addFinding(reading, findingOf(reading.spec, outputs, running));
        tell(--toCome);
      }
  };
  await Promise.all(Array.from({ length: running.model.concurrency + 1 }, lane));
}
