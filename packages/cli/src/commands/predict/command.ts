import { resolve } from 'node:path';
import { Option } from '@commander-js/extra-typings';
import type { Command } from '@commander-js/extra-typings';
import { addModelRun } from '../../options/option-groups.ts';
import * as options from '../../options/options.ts';
import { createReporter } from '../../terminal/reporter.ts';
import type { Terminal } from '../../terminal/terminal.ts';

const help = `
Examples:
  qualm predict --images photos --model yolox-nano.json --out predictions
  qualm predict --images photos --model yolox-nano.json --form detections --out - | jq .detections`;

/** Adds `qualm predict`: images to predictions, as Parquet shards or as NDJSON on stdout. */
export function addPredictCommand(program: Command, terminal: Terminal): void {
  const command = program.command('predict').description('run a model over images and store its predictions');
  addModelRun(command)
    .addOption(options.formOption)
    .addOption(
      new Option('--min-score <p>', "leave out boxes that score below p (default: the model spec's)").argParser(
        options.unitNumber,
      ),
    )
    .addOption(
      new Option('-o, --out <folder>', 'folder of Parquet shards, or - for NDJSON on stdout').makeOptionMandatory(),
    )
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
      const { runPredict } = await import('./run-predict.ts');
      const out = given.out === '-' ? '-' : resolve(terminal.cwd, given.out);
      await runPredict({ ...given, out }, terminal, reporter);
    });
}
