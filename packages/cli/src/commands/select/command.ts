import { join, resolve } from 'node:path';
import { Option } from '@commander-js/extra-typings';
import type { Command } from '@commander-js/extra-typings';
import { createReporter } from '../../terminal/reporter.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { addModelRun } from '../../options/option-groups.ts';
import { wholeNumber } from '../../options/option-values.ts';
import * as options from '../../options/options.ts';
import * as pageOptions from '../../options/page-options.ts';

const help = `
Examples:
  qualm select --images photos --model yolox-nano.json --out selection
  qualm select --coco instances.json --images val2017 --model ssd.json --strategy entropy --top 50
  qualm select --images photos --model ssd.json --strategy ./mine.ts#score --resume
  qualm select --images photos --model ssd.json --resume --exclude accepted.csv   # the next ones
  qualm select --images photos --model mlflow:/ssd@champion --tracking-uri http://localhost:5000

The folder --out holds predictions/ (Parquet), detections.csv and images.csv (least sure first), selection.json,
pictures/, contact-sheet.jpg and report.html, a page to explore. A run that was stopped goes on with --resume.`;

/** Adds `qualm select`: the whole job, from images to a ranked list with pictures. */
export function addSelectCommand(program: Command, terminal: Terminal): void {
  const command = program
    .command('select')
    .description('find the images that a model is least sure about, rank them, and draw the first');
  addModelRun(command)
    .addOption(options.strategyOption)
    .addOption(options.aggregateOption)
    .addOption(options.emptyOption)
    .addOption(options.minScoreOption)
    .addOption(options.seedOption)
    .addOption(pageOptions.excludeOption)
    .addOption(options.topOption)
    .addOption(options.fontOption)
    .addOption(options.rowsOption)
    .addOption(
      new Option('--report-cells <n>', 'boxes in report.html; 0 for no report').argParser(wholeNumber(0)).default(500),
    )
    .addOption(pageOptions.pictureBudgetOption)
    .addOption(new Option('-o, --out <folder>', 'where the results go').default('qualm-out'))
    .addOption(options.rawOption)
    .addOption(options.forceOption)
    .addOption(options.inlineOption)
    .addOption(options.shardRowsOption)
    .addOption(options.resumeOption)
    .addOption(options.retryFailedOption)
    .addOption(options.fingerprintOption)
    .addOption(options.strictOption)
    .addOption(options.failOnOption)
    .addOption(options.dryRunOption)
    .addOption(options.jsonOption)
    .addHelpText('after', help)
    .action(async (given) => {
      const reporter = createReporter(terminal, { json: given.json === true });
      const { selectImages } = await import('./run-select.ts');
      const out = resolve(terminal.cwd, given.out);
      const font = given.font?.map((path) => resolve(terminal.cwd, path));
      await selectImages({ ...given, font, out, predictions: join(out, 'predictions') }, terminal, reporter);
    });
}
