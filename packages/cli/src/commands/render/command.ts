import { resolve } from 'node:path';
import { Argument, Option } from '@commander-js/extra-typings';
import type { Command } from '@commander-js/extra-typings';
import * as options from '../../options/options.ts';
import * as pageOptions from '../../options/page-options.ts';
import { createReporter } from '../../terminal/reporter.ts';
import type { Terminal } from '../../terminal/terminal.ts';

const help = `
Examples:
  qualm render qualm-out/predictions --strategy entropy --top 12 --out pictures
  qualm render predictions --only batch.csv --out batch`;

/** Adds `qualm render`: the least sure images of stored predictions, drawn. */
export function addRenderCommand(program: Command, terminal: Terminal): void {
  program
    .command('render')
    .description('draw the least sure images of stored predictions; no model is run')
    .addArgument(new Argument('<predictions>', 'folder that predict or select wrote'))
    .addOption(options.strategyOption)
    .addOption(options.aggregateOption)
    .addOption(options.emptyOption)
    .addOption(options.minScoreOption)
    .addOption(options.seedOption)
    .addOption(pageOptions.onlyOption)
    .addOption(pageOptions.excludeOption)
    .addOption(options.topOption)
    .addOption(options.fontOption)
    .addOption(options.inlineOption)
    .addOption(new Option('-o, --out <folder>', 'where pictures/ and contact-sheet.jpg go').default('qualm-out'))
    .addOption(options.forceOption)
    .addOption(options.jsonOption)
    .addHelpText('after', help)
    .action(async (predictions, given) => {
      const reporter = createReporter(terminal, { json: given.json === true });
      const { runRender } = await import('./run-render.ts');
      const { cwd } = terminal;
      await runRender(
        {
          ...given,
          font: given.font?.map((path) => resolve(cwd, path)),
          predictions: resolve(cwd, predictions),
          out: resolve(cwd, given.out),
        },
        terminal,
        reporter,
      );
    });
}
