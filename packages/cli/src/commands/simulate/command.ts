import { resolve } from 'node:path';
import { Argument, Option } from '@commander-js/extra-typings';
import type { Command } from '@commander-js/extra-typings';
import { strategyNames } from '@qualm/strategies/names';
import { mostThreads, positiveNumber, unitNumber, wholeNumber } from '../../options/option-values.ts';
import * as options from '../../options/options.ts';
import { createReporter } from '../../terminal/reporter.ts';
import type { Terminal } from '../../terminal/terminal.ts';

const help = `
A row is a sample; the label is hidden until a strategy asks for it. Random is always among the strategies.

Examples:
  qualm simulate features.csv --label species
  qualm simulate embeddings.parquet --label class --features embedding --strategy margin entropy ./mine.ts#mine
  qualm simulate features.csv --label digit --initial 10 --batch-size 10 --budget 200 --target 0.9

The folder --out holds curves.csv, comparison.csv, simulation.json, and learning-curves.svg and .png.`;

/** Adds `qualm simulate`: a labelled table to learning curves of strategies. */
export function addSimulateCommand(program: Command, terminal: Terminal): void {
  program
    .command('simulate')
    .description('replay active learning on data whose labels are known: which strategy would have helped?')
    .addArgument(new Argument('<table>', 'a .csv or .parquet file of features and labels'))
    .addOption(new Option('--label <column>', 'the column of classes').makeOptionMandatory())
    .addOption(
      new Option('--features <columns...>', 'columns of numbers, or one of lists (default: all numbers but the label)'),
    )
    .addOption(
      new Option(
        '-s, --strategy <names...>',
        `${strategyNames.join(', ')}, or exports of yours: ./mine.ts#mine`,
      ).default(['margin', 'entropy', 'least-confidence']),
    )
    .addOption(new Option('--seeds <n>', 'runs of each strategy').argParser(wholeNumber(1)).default(10))
    .addOption(new Option('--initial <n>', 'labels at the start').argParser(wholeNumber(1)).default(10))
    .addOption(new Option('--batch-size <n>', 'labels of a round').argParser(wholeNumber(1)).default(10))
    .addOption(
      new Option('--budget <n>', 'labels at the end (default: the initial and 30 rounds)').argParser(wholeNumber(1)),
    )
    .addOption(
      new Option('--test-share <p>', 'share of the rows that accuracy is measured on')
        .argParser(unitNumber)
        .default(0.3),
    )
    .addOption(
      new Option('--strength <c>', "logistic regression's, as scikit-learn's C").argParser(positiveNumber).default(1),
    )
    .addOption(
      new Option('--scale <how>', 'features: to mean 0 and deviation 1, or as they come')
        .choices(['standard', 'none'] as const)
        .default('standard' as const),
    )
    .addOption(
      new Option('--target <p>', 'the accuracy for which labels are counted').argParser(unitNumber).default(0.9),
    )
    .addOption(
      new Option('--threads <n>', 'worker threads; 0 for none (default: one a core)').argParser(
        wholeNumber(0, mostThreads),
      ),
    )
    .addOption(new Option('-o, --out <folder>', 'where the results go').default('qualm-simulation'))
    .addOption(options.fontOption)
    .addOption(options.rawOption)
    .addOption(options.forceOption)
    .addOption(options.jsonOption)
    .addHelpText('after', help)
    .action(async (table, given) => {
      const reporter = createReporter(terminal, { json: given.json === true });
      const { runSimulate } = await import('./run-simulate.ts');
      const font = given.font?.map((path) => resolve(terminal.cwd, path));
      const paths = { table: resolve(terminal.cwd, table), out: resolve(terminal.cwd, given.out), font };
      await runSimulate({ ...given, ...paths }, terminal, reporter);
    });
}
