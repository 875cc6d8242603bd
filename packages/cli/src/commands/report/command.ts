import { resolve } from 'node:path';
import { Option } from '@commander-js/extra-typings';
import type { Command } from '@commander-js/extra-typings';
import { addPageOfPredictions } from '../../options/option-groups.ts';
import * as options from '../../options/options.ts';
import * as pageOptions from '../../options/page-options.ts';
import { createReporter } from '../../terminal/reporter.ts';
import type { Terminal } from '../../terminal/terminal.ts';

const help = `
Examples:
  qualm report qualm-out/predictions
  qualm report predictions --by image --strategy entropy --out coco.html
  qualm report predictions --cells 100000 --out report          # a folder, for more than some 5,000
  qualm report yolox/predictions --against ssd/predictions --strategy disagreement
  qualm report predictions --coco instances.json
  qualm report predictions --embeddings clip.parquet            # alike by CLIP, not by colours and edges
  qualm report predictions --coco instances.json --by error    # labels that are likely wrong, to answer
  qualm report predictions --only batch.csv --by image          # a batch, with the reason of each pick

A page that needs no network: sort by every strategy, filter by class, score, words and confused pair, look
closely, mark and tag, and export the marks. --against and --coco draw another model's boxes and people's beside.`;

/** Adds `qualm report`: stored predictions as a page to explore. */
export function addReportCommand(program: Command, terminal: Terminal): void {
  const command = program
    .command('report')
    .description('the least sure boxes or images of stored predictions as one HTML file to explore');
  addPageOfPredictions(command, 1000)
    .addOption(
      new Option('-o, --out <path>', 'an HTML file; or a folder, where it does not end in .html').default(
        'qualm-report.html',
      ),
    )
    .addOption(pageOptions.embeddingsOption('pictures'))
    .addOption(pageOptions.mapOption)
    .addOption(pageOptions.pictureBudgetOption)
    .addOption(options.forceOption)
    .addOption(options.jsonOption)
    .addHelpText('after', help)
    .action(async (predictions, given) => {
      const reporter = createReporter(terminal, { json: given.json === true });
      const { runReport } = await import('./run-report.ts');
      const out = resolve(terminal.cwd, given.out);
      await runReport(
        { ...given, ...pageOptions.reportPaths(terminal.cwd, predictions, given), out },
        terminal,
        reporter,
      );
    });
}
