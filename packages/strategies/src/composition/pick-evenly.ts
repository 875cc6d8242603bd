import { keyAt, type Key, type Keys } from './keys.ts';
import type { Limits } from './limits.ts';
import { ordinal } from './ordinal.ts';
import type { PassedRow, Step } from './pick-in-order.ts';

/** The rows of one class: those that were read and wait, and how many are still to be read. */
interface Lane {
  readonly key: Key;
  /** Places in the order in which rows were read. */
  readonly waiting: number[];
  next: number;
  unread: number;
  taken: number;
  passed: PassedRow[];
}

/** Takes, each time, a row of the class of which the fewest were taken and that has one left; of
 * several such classes that whose row comes first. Rows are read from `ranked` only as far as
 * that needs. */
export function pickEvenly(ranked: Iterator<number>, candidates: Float64Array, classes: Keys, limits: Limits): Step[] {
  const lanes = lanesOf(candidates, classes);
  const read: number[] = [];
  const readOne = (): Lane => {
    const row = ranked.next().value as number;
    const lane = lanes.get(keyAt(classes, row))!;
    lane.waiting.push(read.length);
    lane.unread--;
    read.push(row);
    return lane;
  };
  const steps: Step[] = [];
  while (!limits.areReached()) {
    const open = [...lanes.values()].filter(isOpen);
    if (open.length === 0) break;
    const fewest = open.reduce((least, { taken }) => Math.min(least, taken), Infinity);
    let lane = firstWaiting(open, fewest);
    while (!lane) {
      const candidate = readOne();
      if (candidate.taken === fewest) lane = candidate;
    }
    const step = takeFrom(lane, read, limits);
    if (step) steps.push(step);
  }
  return steps;
}

function takeFrom(lane: Lane, read: readonly number[], limits: Limits): Step | undefined {
  const row = read[lane.waiting[lane.next++]!]!;
  const obstacle = limits.obstacleOf(row);
  if (obstacle) {
    lane.passed.push({ row, obstacle });
    return undefined;
  }
  limits.take(row);
  lane.taken++;
  const { key, passed } = lane;
  lane.passed = [];
  const turn = key === null ? 'of those without a class' : `of class ${key}`;
  return { row, passed, turn: `the ${ordinal(lane.taken)} ${turn}` };
}

function isOpen({ waiting, next, unread }: Lane): boolean {
  return unread > 0 || next < waiting.length;
}

function firstWaiting(lanes: readonly Lane[], taken: number): Lane | undefined {
  let first: Lane | undefined;
  let least = Infinity;
  for (const lane of lanes) {
    const place = lane.waiting[lane.next] ?? Infinity;
    if (lane.taken !== taken || place >= least) continue;
    first = lane;
    least = place;
  }
  return first;
}

function lanesOf(candidates: Float64Array, classes: Keys): Map<Key, Lane> {
  const lanes = new Map<Key, Lane>();
  for (let row = 0; row < candidates.length; row++) {
    if (Number.isNaN(candidates[row])) continue;
    const key = keyAt(classes, row);
    const lane = lanes.get(key);
    if (lane) lane.unread++;
    else lanes.set(key, { key, waiting: [], next: 0, unread: 1, taken: 0, passed: [] });
  }
  return lanes;
}
