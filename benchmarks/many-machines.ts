import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compareBoxes } from './many-machines/compare-boxes.ts';
import type { Contender, Job } from './many-machines/contender.ts';
import { contenders } from './many-machines/contenders.ts';
import { measureSteps } from './many-machines/measure-steps.ts';
import type { Cost } from './many-machines/measure-steps.ts';
import { photographs } from './many-machines/photographs.ts';
import { spreadOf } from './spread-of.ts';
import { writeResult } from './write-result.ts';

/* Usage: tsx benchmarks/many-machines.ts [images:rounds...], by default 200:3 2000:3
 *
 * The same photographs through the same ONNX file on CPU, from files to boxes in Parquet: qualm in
 * one process, qualm as two shares and their merge, and engines that people run on many machines,
 * with one single-threaded session a core. Whole commands are measured in turns, start included;
 * what one further image costs is the difference between the most images and the fewest. Needs
 * Linux; installs what it needs. */

const runs = process.argv.length > 2 ? process.argv.slice(2) : ['200:3', '2000:3'];
const here = import.meta.dirname;
const data = process.env['QUALM_TEST_DATA'] ?? join(here, '../../shared/data');
const source = join(data, 'coco-val2017/images');

if (existsSync(source)) await main();
else console.warn(`skipped: no photographs in ${source}; set QUALM_TEST_DATA`);

async function main(): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), 'qualm-many-machines-'));
  try {
    const everyone = await contenders();
    const measured = [];
    for (const run of runs) {
      const [count, rounds] = run.split(':').map(Number) as [number, number];
      measured.push(await measure(everyone, scratch, count, rounds));
    }
    writeResult('many-machines', pinned(), { measured: measured.map(shown), marginal: marginal(everyone, measured) });
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

function shown({ count, rounds, rows }: Measured): object {
  return { count, rounds, rows };
}

/** What the requirements file pins. */
function pinned(): Record<string, string> {
  const lines = readFileSync(join(here, 'python/many-machines.txt'), 'utf8').split('\n');
  return Object.fromEntries(lines.filter((line) => line.includes('==')).map((line) => line.split('==')));
}

interface Measured {
  readonly count: number;
  readonly rounds: number;
  readonly costs: ReadonlyMap<Contender, readonly Cost[]>;
  readonly rows: readonly object[];
}

async function measure(
  everyone: readonly Contender[],
  scratch: string,
  count: number,
  rounds: number,
): Promise<Measured> {
  const images = photographs(source, join(scratch, `photographs-${count}`), count);
  const shared = { images, spec: join(here, '../examples/models/yolox-nano.json'), models: join(data, 'models') };
  const jobOf = ({ name }: Contender): Job => ({
    ...{ ...shared, minScore: 0.05 },
    folder: join(scratch, `${count} ${name.replaceAll(/\W+/g, '-')}`),
  });
  const costs = new Map<Contender, Cost[]>(everyone.map((one) => [one, []]));
  for (let round = 0; round < rounds; round++) {
    for (const one of everyone) {
      rmSync(jobOf(one).folder, { recursive: true, force: true });
      const cost = await measureSteps(one.steps(jobOf(one)));
      costs.get(one)!.push(cost);
      const { wallSeconds, cpuSeconds } = cost;
      console.log(`${count} ${one.name}: ${wallSeconds.toFixed(1)} s, ${cpuSeconds.toFixed(1)} s of CPU`);
    }
  }
  const first = everyone[0]!;
  const rows = [];
  for (const one of everyone) {
    const found = costs.get(one)!;
    const perCoreSecond = spreadOf(found.map(({ wallSeconds }) => count / (wallSeconds * one.cores)));
    const perCpuSecond = spreadOf(found.map(({ cpuSeconds }) => count / cpuSeconds));
    const ratio = spreadOf(found.map(({ cpuSeconds }, round) => cpuSeconds / costs.get(first)![round]!.cpuSeconds));
    const difference = await compareBoxes([first.boxes(jobOf(first)), one.boxes(jobOf(one))]);
    console.log(
      `${String(count).padStart(5)} ${one.name.padEnd(26)} images/s: a core ${text(perCoreSecond)}, a second of CPU ${text(perCpuSecond)}; ` +
        `CPU x ${text(ratio)}; ${difference.boxes} boxes, ${difference.unmatched} unmatched, ` +
        `scores within ${difference.score.toExponential(1)}, edges ${difference.edge.toExponential(1)} px`,
    );
    rows.push({ name: one.name, cores: one.cores, perCoreSecond, perCpuSecond, cpuOfFirst: ratio, difference });
  }
  return { count, rounds, costs, rows };
}

/** What each further image costs, without the start. */
function marginal(everyone: readonly Contender[], measured: readonly Measured[]): object[] {
  const [few, many] = [measured[0]!, measured.at(-1)!];
  if (few === many) return [];
  return everyone.map((one) => {
    const [fewCosts, manyCosts] = [few.costs.get(one)!, many.costs.get(one)!];
    const both = fewCosts.slice(0, manyCosts.length);
    const between = (key: keyof Cost): number[] =>
      both.map((cost, round) => (manyCosts[round]![key] - cost[key]) / (many.count - few.count));
    const cpuMs = spreadOf(between('cpuSeconds').map((seconds) => 1000 * seconds));
    const wallMsOfCores = spreadOf(between('wallSeconds').map((seconds) => 1000 * seconds * one.cores));
    console.log(
      `${one.name.padEnd(26)} each further image: CPU ${text(cpuMs)} ms, wall x cores ${text(wallMsOfCores)} ms`,
    );
    return { name: one.name, cpuMs, wallMsOfCores };
  });
}

function text({ least, median, most }: { least: number; median: number; most: number }): string {
  return `${median} (${least} to ${most})`;
}
