import { Argument, Option } from '@commander-js/extra-typings';
import type { Command } from '@commander-js/extra-typings';
import { wholeNumber } from '../../options/option-values.ts';
import * as options from '../../options/options.ts';
import { withPredictions } from '../../predict/s3-place.ts';
import type { Terminal } from '../../terminal/terminal.ts';

const help = `
Examples:
  qualm rank qualm-out/predictions --strategy entropy --limit 100
  qualm rank qualm-out/predictions --level images --out images.parquet`;

/** Adds `qualm rank`: stored predictions to a ranked list. */
export function addRankCommand(program: Command, terminal: Terminal): void {
  program
    .command('rank')
    .description('rank stored predictions, least sure first; no model is run')
    .addArgument(new Argument('<predictions>', 'folder that predict or select wrote, here or in S3'))
    .addOption(options.strategyOption)
    .addOption(
      new Option('--level <name>', 'what a row is')
        .choices(['detections', 'images'] as const)
        .default('detections' as const),
    )
    .addOption(options.aggregateOption)
    .addOption(options.emptyOption)
    .addOption(options.minScoreOption)
    .addOption(options.seedOption)
    .addOption(new Option('--limit <n>', 'rows of the list').argParser(wholeNumber(1)).default(1000))
    .addOption(new Option('-o, --out <file>', '.csv, .json or .parquet; - is stdout').default('-'))
    .addOption(new Option('--json', 'JSON instead of CSV on stdout'))
    .addOption(options.rawOption)
    .addOption(options.forceOption)
    .addHelpText('after', help)
    .action(async (predictions, given) => {
      const { runRank } = await import('./run-rank.ts');
      await withPredictions(predictions, terminal, (folder) => runRank({ ...given, predictions: folder }, terminal));
    });
}
