import { existsSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSqlSession } from '@qualm/sql';
import type { SqlSession } from '@qualm/sql';
import { writeResult } from './write-result.ts';

/* Usage: tsx benchmarks/sql-functions.ts [rows]; 200,000 by default, 5,000,000 for what is
 * recorded.
 *
 * The 10,000 least sure of boxes with 80 float32 scores each, from Parquet: by our functions; by
 * the best that DuckDB's own list functions do; by a column of the numbers that was stored with
 * the scores; and the floor of reading the scores. In rounds by turns, each with all of DuckDB's
 * threads. Peak memory is that of the whole process while ours ran, before the others did. */

const rows = Number(process.argv[2] ?? 200_000);
const rounds = 3;
const limit = 10_000;

const others =
  'scores[:list_position(scores, list_max(scores)) - 1] || scores[list_position(scores, list_max(scores)) + 1:]';
const nats = 'list_sum(list_transform(scores, lambda p: CASE WHEN p > 0 THEN p * ln(p) ELSE 0 END))';

/** What each asks for: an expression over the table, and the order in which the least sure come
 * first.
 */
const queries = {
  margin: ['margin(scores)', 'ASC'],
  'margin: sorted by DuckDB': ['sorted[1] - sorted[2]', 'ASC'],
  'margin: maximum, and maximum of the others, by DuckDB': [`list_max(scores) - list_max(${others})`, 'ASC'],
  'margin: stored': ['stored', 'ASC'],
  entropy: ['entropy(scores)', 'DESC'],
  'entropy: sums by DuckDB': [`ln(list_sum(scores)) - ${nats} / list_sum(scores)`, 'DESC'],
  least_confidence: ['least_confidence(scores)', 'DESC'],
  'least_confidence: maximum by DuckDB': ['1 - list_max(scores)', 'DESC'],
} as const;
type Name = keyof typeof queries;
const names = Object.keys(queries) as Name[];
const folder = join(tmpdir(), 'qualm-sql-functions');
const file = join(folder, `${rows}.parquet`);
const session = await createSqlSession();
try {
  mkdirSync(folder, { recursive: true });
  if (!existsSync(file)) await generate(session);
  const peaks = await peakOf(['margin', 'entropy', 'least_confidence']);
  const times: Record<string, Timed[]> = {};
  for (let round = 0; round < rounds; round++) {
    for (const name of names) (times[name] ??= []).push(await timed(textOf(name)));
    (times['floor'] ??= []).push(await timed(`SELECT sum(scores[1]) AS value FROM '${file}'`));
  }
  assertAgree(times);
  const [engine] = await (await session.sql('SELECT version() AS duckdb')).rows();
  report(times, peaks, engine!);
} finally {
  await session.close();
}

/** Rows that look like a detector's: one or two large scores, the rest small; the same ones
 * whenever they are made.
 */
async function generate(maker: SqlSession): Promise<void> {
  const score = '((hash(row * 80 + place) / 18446744073709551616.0) ** 8)::FLOAT';
  await maker.sql(
    `COPY (SELECT image_id, scores, margin(scores) AS stored FROM (
       SELECT (row // 20)::INTEGER AS image_id, list_transform(range(80), lambda place: ${score}) AS scores
       FROM range(${rows}) AS t(row))) TO '${file}' (FORMAT parquet)`,
  );
}

function textOf(name: Name): string {
  const [expression, order] = queries[name];
  const from = expression.includes('sorted')
    ? `(SELECT image_id, list_reverse_sort(scores) AS sorted FROM '${file}')`
    : `'${file}'`;
  return `SELECT image_id, ${expression} AS value FROM ${from} ORDER BY value ${order} LIMIT ${limit}`;
}

interface Timed {
  readonly milliseconds: number;
  /** Of all threads of the process: what other work on the machine changes least. */
  readonly cpuMilliseconds: number;
  /** Of the values that were found. */
  readonly sum: number;
}

async function timed(text: string): Promise<Timed> {
  const [began, cpu] = [performance.now(), process.cpuUsage()];
  const found = await (await session.sql(text)).rows();
  const milliseconds = performance.now() - began;
  const { user, system } = process.cpuUsage(cpu);
  return {
    milliseconds,
    cpuMilliseconds: (user + system) / 1000,
    sum: found.reduce((total, { value }) => total + Number(value), 0),
  };
}

/** MB that the process takes at most while these run. */
async function peakOf(ours: readonly Name[]): Promise<number> {
  let peak = 0;
  const timer = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 10);
  for (const name of ours) await timed(textOf(name));
  clearInterval(timer);
  return peak / 1e6;
}

/** Both ways give the same rows but for rounding: DuckDB subtracts in float32. */
function assertAgree(times: Readonly<Record<string, readonly Timed[]>>): void {
  for (const name of names.filter((one) => one.includes(':'))) {
    const [ours] = name.split(':') as [Name];
    const [a, b] = [times[ours]![0]!.sum, times[name]![0]!.sum];
    if (!(Math.abs(a - b) <= 1e-4 * Math.abs(a) + 1e-3)) throw new Error(`${name}: the sum is ${b}, ours ${a}`);
  }
}

function report(
  times: Readonly<Record<string, readonly Timed[]>>,
  peakMb: number,
  versions: Readonly<Record<string, unknown>>,
): void {
  const least = (name: string, of: 'milliseconds' | 'cpuMilliseconds'): number =>
    Math.min(...times[name]!.map((one) => one[of]));
  const costOf = (name: string): object => ({
    milliseconds: least(name, 'milliseconds'),
    cpuMilliseconds: least(name, 'cpuMilliseconds'),
    rounds: times[name]!.map(({ milliseconds }) => milliseconds),
  });
  const results = names
    .filter((name) => !name.includes(':'))
    .map((name) => {
      const peers = names
        .filter((peer) => peer.startsWith(`${name}:`))
        .map((peer) => ({
          peer,
          sql: queries[peer][0],
          ...costOf(peer),
          timesAsFast: least(peer, 'milliseconds') / least(name, 'milliseconds'),
          timesCpu: least(peer, 'cpuMilliseconds') / least(name, 'cpuMilliseconds'),
        }));
      const timesFloor = least(name, 'milliseconds') / least('floor', 'milliseconds');
      console.log(`${name}: ${least(name, 'milliseconds').toFixed(0)} ms, ${timesFloor.toFixed(1)} times the floor`);
      for (const { peer, timesAsFast, timesCpu } of peers)
        console.log(
          `  ${timesAsFast.toFixed(2)} times as fast as ${peer}, which takes ${timesCpu.toFixed(2)} times the CPU`,
        );
      return { name, ...costOf(name), timesFloor, peers };
    });
  console.log(
    `floor: ${least('floor', 'milliseconds').toFixed(0)} ms to read the scores; at most ${peakMb.toFixed(0)} MB for ours`,
  );
  writeResult('sql-functions', versions, { rows, numClasses: 80, limit, floor: costOf('floor'), peakMb, results });
}
