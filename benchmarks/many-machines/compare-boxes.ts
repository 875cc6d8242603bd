import { DuckDBInstance } from '@duckdb/node-api';
import type { DuckDBConnection } from '@duckdb/node-api';

interface Box {
  readonly id: string;
  readonly label: number;
  readonly score: number;
  readonly sides: readonly number[];
}

/** How boxes differ from those of somebody else. */
export interface Difference {
  readonly images: number;
  readonly boxes: number;
  /** On one side only. */
  readonly unmatched: number;
  /** The greatest among those on both sides; edges in pixels. */
  readonly score: number;
  readonly edge: number;
}

/** Pairs boxes of the same image and label whose edges are within two pixels and whose scores are
 * within .02.
 * @param queries what gives the boxes of one side and of the other, see `Contender.boxes`.
 */
export async function compareBoxes(queries: readonly [string, string]): Promise<Difference> {
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  const ours = await readBoxes(connection, queries[0]);
  const theirs = await readBoxes(connection, queries[1]);
  connection.closeSync();
  instance.closeSync();
  let [score, edge, unmatched] = [0, 0, 0];
  const left = new Map<string, Box[]>();
  for (const box of theirs) left.set(keyOf(box), [...(left.get(keyOf(box)) ?? []), box]);
  for (const box of ours) {
    const among = left.get(keyOf(box)) ?? [];
    const at = nearest(box, among);
    if (at < 0) {
      unmatched++;
      continue;
    }
    score = Math.max(score, Math.abs(among[at]!.score - box.score));
    edge = Math.max(edge, apart(box, among[at]!));
    among.splice(at, 1);
  }
  unmatched += [...left.values()].reduce((sum, { length }) => sum + length, 0);
  return { images: new Set(theirs.map(({ id }) => id)).size, boxes: theirs.length, unmatched, score, edge };
}

async function readBoxes(connection: DuckDBConnection, query: string): Promise<Box[]> {
  const sql = `SELECT id, label_id, score, xmin, ymin, xmax, ymax FROM (${query})`;
  const rows = (await connection.runAndReadAll(sql)).getRows();
  return rows.map(([id, label, score, ...sides]) => ({
    id: String(id),
    label: Number(label),
    score: Number(score),
    sides: sides.map(Number),
  }));
}

const keyOf = ({ id, label }: Box): string => `${id} ${label}`;

function nearest(box: Box, among: readonly Box[]): number {
  let best = -1;
  for (let at = 0; at < among.length; at++) {
    if (apart(box, among[at]!) > 2 || Math.abs(among[at]!.score - box.score) > 0.02) continue;
    if (best < 0 || apart(box, among[at]!) < apart(box, among[best]!)) best = at;
  }
  return best;
}

function apart(a: Box, b: Box): number {
  return Math.max(...a.sides.map((side, at) => Math.abs(side - b.sides[at]!)));
}
