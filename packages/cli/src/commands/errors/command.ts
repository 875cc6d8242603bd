import { resolve } from 'node:path';
import { Argument, Option } from '@commander-js/extra-typings';
import type { Command } from '@commander-js/extra-typings';
import { boxErrorNames } from './box-error-names.ts';
import { likelyErrors } from './likely-errors.ts';
import { unitNumber, wholeNumber } from '../../options/option-values.ts';
import * as options from '../../options/options.ts';
import * as pageOptions from '../../options/page-options.ts';
import type { Terminal } from '../../terminal/terminal.ts';

const help = `
The predictions should come from a model that was not trained on these labels.

Examples:
  qualm predict --coco instances.json --images photos --model yolox-nano.json --form detections --out predictions
  qualm errors predictions --coco instances.json --limit 100
  qualm errors predictions --coco instances.json --error swapped --out swapped.csv
  qualm errors predictions --coco instances.json --error spurious         # predicted with --min-score .05
  qualm errors predictions --coco instances.json --out errors.csv --report errors.html   # the same with pictures
  qualm serve predictions --coco instances.json --by error                               # over a local server`;

/** Adds `qualm errors`: stored predictions and annotations to a list of likely label errors. */
export function addErrorsCommand(program: Command, terminal: Terminal): void {
  program
    .command('errors')
    .description('list boxes that people likely overlooked, called wrongly, or drawn badly or for nothing, worst first')
    .addArgument(new Argument('<predictions>', 'folder that predict or select wrote'))
    .addOption(new Option('--coco <file>', 'COCO instances file with the labels').makeOptionMandatory())
    .addOption(
      new Option('--level <name>', 'what a row is').choices(['boxes', 'images'] as const).default('boxes' as const),
    )
    .addOption(
      new Option('--error <names...>', 'errors to look for').choices(boxErrorNames).default(likelyErrors.errors),
    )
    .addOption(
      new Option('--high-score <p>', 'boxes found with p or more tell what was overlooked or called wrongly')
        .argParser(unitNumber)
        .default<number>(likelyErrors.highScore),
    )
    .addOption(
      new Option('--low-score <p>', 'boxes found with more than p tell what was drawn badly, or for nothing')
        .argParser(unitNumber)
        .default<number>(likelyErrors.lowScore),
    )
    .addOption(
      new Option('--max-quality <q>', 'leave out boxes of more quality')
        .argParser(unitNumber)
        .default<number>(likelyErrors.maxQuality),
    )
    .addOption(new Option('--limit <n>', 'rows of the list').argParser(wholeNumber(1)).default(1000))
    .addOption(
      new Option('--report <path>', 'write them as a page to look at and answer, too: an HTML file, or a folder'),
    )
    .addOption(pageOptions.pictureBudgetOption)
    .addOption(new Option('-o, --out <file>', '.csv, .json or .parquet; - is stdout').default('-'))
    .addOption(new Option('--json', 'JSON instead of CSV on stdout'))
    .addOption(options.rawOption)
    .addOption(options.forceOption)
    .addHelpText('after', help)
    .action(async (predictions, { error: errors, ...given }) => {
      const { runErrors } = await import('./run-errors.ts');
      await runErrors({ ...given, errors, predictions: resolve(terminal.cwd, predictions) }, terminal);
    });
}
