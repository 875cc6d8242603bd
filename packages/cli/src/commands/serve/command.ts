import { resolve } from 'node:path';
import { Option } from '@commander-js/extra-typings';
import type { Command } from '@commander-js/extra-typings';
import { addPageOfPredictions } from '../../options/option-groups.ts';
import { wholeNumber } from '../../options/option-values.ts';
import * as options from '../../options/options.ts';
import * as pageOptions from '../../options/page-options.ts';
import { UsageError } from '../../terminal/exit-code.ts';
import { createReporter } from '../../terminal/reporter.ts';
import type { Terminal } from '../../terminal/terminal.ts';

const help = `
Examples:
  qualm serve qualm-out/predictions
  qualm serve predictions --by image --cells 100000 --marks reviewed.json
  qualm serve yolox/predictions --against ssd/predictions --strategy disagreement --port 8123

The page of qualm report, for this machine alone: pictures are made as they are looked at, whole images are shown, and
every mark is in --marks, every answer in --answers at once. The address has a token; without it the server gives nothing.`;

/** Adds `qualm serve`: the same page over a local server. */
export function addServeCommand(program: Command, terminal: Terminal): void {
  const command = program
    .command('serve')
    .description('the same page as report over a local server: whole images, and marks kept in a file');
  addPageOfPredictions(command, 100_000)
    .addOption(new Option('--marks <file>', 'where marks are kept').default('qualm-marks.json'))
    .addOption(new Option('--answers <file>', 'where answers to questions are kept; by default, beside the marks'))
    .addOption(new Option('--port <n>', 'of 127.0.0.1; 0 is any').argParser(wholeNumber(0, 65_535)).default(0))
    .addOption(pageOptions.embeddingsOption('none'))
    .addOption(pageOptions.mapOption)
    .addOption(options.jsonOption)
    .addHelpText('after', help)
    .action(async (predictions, given) => {
      const reporter = createReporter(terminal, { json: given.json === true });
      const { runServe } = await import('./run-serve.ts');
      const marks = resolve(terminal.cwd, given.marks);
      const answers = given.answers === undefined ? undefined : resolve(terminal.cwd, given.answers);
      if (marks === answers) throw new UsageError(`--answers ${given.answers}: is the file of --marks; name another`);
      const paths = { ...pageOptions.reportPaths(terminal.cwd, predictions, given), marks, answers };
      await runServe({ ...given, ...paths }, terminal, reporter);
    });
}
