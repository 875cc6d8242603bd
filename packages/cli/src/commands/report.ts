import { resolve } from 'node:path';
import { Argument, Option } from '@commander-js/extra-typings';
import type { Command } from '@commander-js/extra-typings';
import * as options from '../options.ts';
import { createReporter } from '../reporter.ts';
import type { Terminal } from '../terminal.ts';

const help = `
Examples:
  qualm report qualm-out/predictions
  qualm report predictions --strategy entropy --cells 5000 --out coco.html

One file that needs no network: sort by every strategy, filter by class, score, words and confused pair, look
closely, mark boxes, and export the marks.`;

/** Adds `qualm report`: stored predictions as one HTML file to explore. */
export function addReportCommand(program: Command, terminal: Terminal): void {
  program
    .command('report')
    .description('the least sure boxes of stored predictions as one HTML file to explore')
    .addArgument(new Argument('<predictions>', 'folder that predict or select wrote'))
    .addOption(options.strategyOption)
    .addOption(options.minScoreOption)
    .addOption(
      new Option('--cells <n>', 'boxes to show, the least sure ones').argParser(options.wholeNumber(1)).default(1000),
    )
    .addOption(new Option('--title <text>', 'what the page is called').default('Least sure boxes'))
    .addOption(new Option('-o, --out <file>', 'the HTML file').default('qualm-report.html'))
    .addOption(options.jsonOption)
    .addHelpText('after', help)
    .action(async (predictions, given) => {
      const reporter = createReporter(terminal, { json: given.json === true });
      const { runReport } = await import('../run-report.ts');
      const { cwd } = terminal;
      const paths = { predictions: resolve(cwd, predictions), out: resolve(cwd, given.out) };
      await runReport({ ...given, ...paths }, terminal, reporter);
    });
}
