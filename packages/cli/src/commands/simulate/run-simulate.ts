import { mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { writeCsv } from '@qualm/datasets';
import { labelFonts } from '@qualm/selection';
import type { LabelFonts } from '@qualm/selection';
import { compareWithRandom, logisticRegression, simulate, standardize } from '@qualm/simulator';
import type { Comparison, ValueOrImport, QueryStrategy, SimulateOptions, Simulation } from '@qualm/simulator';
import { namesModule } from '@qualm/strategies/names';
import type { Strategy } from '@qualm/types';
import { svgToPng } from '@qualm/viz';
import { learningCurves } from '@qualm/viz/charts';
import type { CurvePoint } from '@qualm/viz/charts';
import { UsageError } from '../../terminal/exit-code.ts';
import { optionNames } from '../../options/ranking-options.ts';
import { importExport } from '../../options/import-export.ts';
import { labelledPool } from './labelled-pool.ts';
import type { LabelledPool } from './labelled-pool.ts';
import { claimFiles, storeFile, storeWith } from '../../output/own-files.ts';
import type { OverwriteOptions } from '../../output/own-files.ts';
import { counted, printable } from '@qualm/types';
import { readTable } from './read-table.ts';
import type { Reporter } from '../../terminal/reporter.ts';
import { resolveStrategy } from '../../options/strategies.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { tableColumns } from './table-columns.ts';

/** What `qualm simulate` was asked for. */
export interface SimulateCommandOptions extends OverwriteOptions {
  readonly table: string;
  readonly label: string;
  readonly features?: readonly string[] | undefined;
  readonly strategy: readonly string[];
  readonly seeds: number;
  readonly initial: number;
  readonly batchSize: number;
  readonly budget?: number | undefined;
  readonly testShare: number;
  readonly strength: number;
  readonly scale: 'standard' | 'none';
  readonly target: number;
  readonly threads?: number | undefined;
  readonly out: string;
  /** Fonts for characters that the shipped one lacks. */
  readonly font?: readonly string[] | undefined;
  /** Leaves text in CSV as it is, formulas too. */
  readonly raw?: true | undefined;
  readonly json?: true | undefined;
}

/** Replays active learning on a labelled table, and writes the curves, how each strategy compares
 * with random, and a picture.
 */
export async function runSimulate(
  options: SimulateCommandOptions,
  terminal: Terminal,
  reporter: Reporter,
): Promise<void> {
  const { target } = options;
  const files = simulationFiles(options.out);
  await claimFiles(Object.values(files), options);
  await labelFonts([], options.font);
  const strategies = await strategiesOf(options.strategy, terminal.cwd);
  const pool = labelledPool(await readTable(options.table), options.label, options.features);
  const settings = settingsOf(options, pool);
  await mkdir(options.out, { recursive: true });
  const features = counted(pool.numFeatures, 'feature');
  reporter.note(
    `${counted(pool.labels.length, 'row')}, ${features}, ${counted(pool.classes.length, 'class', 'classes')}`,
  );
  const simulation = await simulate(
    options.scale === 'standard' ? standardize(pool) : pool,
    pool.labels,
    logisticRegression({ strength: options.strength }),
    strategies,
    {
      ...settings,
      signal: terminal.signal,
      onProgress: ({ done, total }) => reporter.progress('simulate', { done, failed: 0, total, unit: 'runs' }),
    },
  ).finally(() => reporter.settle());
  for (const { strategy, seed, error } of simulation.failures) {
    reporter.warn(`${printable(strategy)} with seed ${seed} ended early: ${error}`);
  }
  const comparison = compareWithRandom(simulation.curves, target);
  const fonts = await labelFonts(
    [...comparison.map(({ strategy }) => strategy), basename(options.table)],
    options.font,
    optionNames,
  );
  for (const warning of fonts.warnings) reporter.warn(warning);
  await writeSimulation(files, options, pool, simulation, comparison, fonts);
  for (const line of tableOf(comparison, target)) reporter.note(line);
  reporter.note(`\nlook at ${files.picture}`);
  const { failures } = simulation;
  await reporter.result({ rows: pool.labels.length, classes: pool.classes, comparison, failures, files });
}

function settingsOf(options: SimulateCommandOptions, { labels }: LabelledPool): SimulateOptions {
  const { seeds, initial, batchSize, budget, testShare, threads } = options;
  const poolSize = labels.length - Math.round(labels.length * testShare);
  if (!(testShare > 0 && testShare < 1))
    throw new UsageError(`--test-share is ${testShare}; expected more than 0, less than 1`);
  if (initial > poolSize || (budget ?? initial) < initial) {
    throw new UsageError(
      `--initial is ${initial}, --budget ${budget ?? 'not given'}; expected a budget from the initial labels on, and these among ${counted(poolSize, 'row')} (--test-share keeps the others aside)`,
    );
  }
  return {
    seeds: Array.from({ length: seeds }, (_, seed) => seed),
    ...{ initial, batchSize, testShare },
    ...(budget === undefined ? {} : { budget }),
    ...(threads === undefined ? {} : { threads }),
  };
}

/** Names of ours, and exports of a user's module: strategies, functions, or what chooses rows of a
 * whole pool.
 */
async function strategiesOf(names: readonly string[], cwd: string): Promise<ValueOrImport<Strategy | QueryStrategy>[]> {
  const found = await Promise.all(names.map((name) => strategyOf(name, cwd)));
  const called = found.map(({ name }) => name);
  const twice = called.find((name, place) => called.indexOf(name) < place || name === 'random');
  if (twice)
    throw new UsageError(
      `--strategy: "${twice}" appears twice (random is always among them); give each a name of its own`,
    );
  return found.map(({ given }) => given);
}

async function strategyOf(
  text: string,
  cwd: string,
): Promise<{ name: string; given: ValueOrImport<Strategy | QueryStrategy> }> {
  if (namesModule(text)) {
    const { module, exported, value } = await importExport('--strategy', text, cwd);
    if (isQueryStrategy(value)) {
      // What a worker thread can import itself runs there; TypeScript it cannot, on every Node.
      const portable = /\.[cm]?js$/.test(module);
      return { name: value.name, given: portable ? { module, export: exported } : value };
    }
  }
  const strategy = await resolveStrategy(text, cwd);
  return { name: strategy.name, given: strategy };
}

function isQueryStrategy(value: unknown): value is QueryStrategy {
  const candidate = value as Partial<QueryStrategy> | null | undefined;
  return typeof candidate?.select === 'function' && typeof candidate.name === 'string';
}

interface SimulationFiles {
  readonly curves: string;
  readonly comparison: string;
  readonly simulation: string;
  readonly picture: string;
  readonly raster: string;
}

function simulationFiles(out: string): SimulationFiles {
  return {
    curves: join(out, 'curves.csv'),
    comparison: join(out, 'comparison.csv'),
    simulation: join(out, 'simulation.json'),
    picture: join(out, 'learning-curves.svg'),
    raster: join(out, 'learning-curves.png'),
  };
}

async function writeSimulation(
  files: SimulationFiles,
  options: SimulateCommandOptions,
  pool: LabelledPool,
  { curves, failures }: Simulation,
  comparison: readonly Comparison[],
  { fontFiles }: Pick<LabelFonts, 'fontFiles'>,
): Promise<void> {
  const csv = { escapeFormulas: !options.raw };
  await storeWith(files.curves, options, () => writeCsv(files.curves, tableColumns(curves), csv));
  const names = Object.keys(comparison[0]!) as (keyof Comparison)[];
  const columns = Object.fromEntries(names.map((name) => [name, comparison.map((row) => row[name])]));
  await storeWith(files.comparison, options, () => writeCsv(files.comparison, columns, csv));
  const { raw: _raw, force: _force, font: _font, ...asked } = options;
  const record = { ...asked, features: pool.columns, classes: pool.classes, comparison, failures };
  await storeFile(files.simulation, `${JSON.stringify(record, null, 1)}\n`, options);
  const title = `Learning curves of ${basename(options.table)}`;
  const svg = learningCurves(curves.objects() as CurvePoint[], { title, target: options.target });
  await storeFile(files.picture, svg, options);
  await storeFile(files.raster, await svgToPng(svg, { fontFiles }), options);
}

/** What the terminal shows: a line for each strategy, random first. */
function tableOf(comparison: readonly Comparison[], target: number): string[] {
  const byChance = comparison.find(({ strategy }) => strategy === 'random')!;
  const head = ['strategy', 'mean accuracy', 'to random', 'wins', `labels to ${target}`];
  const rows = comparison.map((row) => {
    const { strategy, seeds, meanAccuracy, difference, standardError, wins, labelsToTarget: labels } = row;
    const isRandom = row === byChance;
    const sign = difference < 0 ? '-' : '+';
    const error = Number.isNaN(standardError) ? '' : ` (${standardError.toFixed(3)})`;
    const share =
      labels !== null && byChance.labelsToTarget ? ` (${Math.round((100 * labels) / byChance.labelsToTarget)} %)` : '';
    return [
      printable(strategy),
      meanAccuracy.toFixed(3),
      isRandom ? '' : `${sign}${Math.abs(difference).toFixed(3)}${error}`,
      isRandom ? '' : `${wins} of ${seeds}`,
      labels === null ? 'never' : `${labels.toFixed(0)}${isRandom ? '' : share}`,
    ];
  });
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]!.length)));
  return [
    '',
    ...[head, ...rows].map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    ),
  ];
}
