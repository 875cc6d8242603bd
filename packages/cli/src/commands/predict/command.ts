import { resolve } from 'node:path';
import { Option } from '@commander-js/extra-typings';
import type { Command } from '@commander-js/extra-typings';
import { addModelRun } from '../../options/option-groups.ts';
import { unitNumber } from '../../options/option-values.ts';
import * as options from '../../options/options.ts';
import { UsageError } from '../../terminal/exit-code.ts';
import { isS3Place } from '../../predict/s3-place.ts';
import { createReporter } from '../../terminal/reporter.ts';
import type { Terminal } from '../../terminal/terminal.ts';

const help = `
Examples:
  qualm predict --images photos --model yolox-nano.json --out predictions
  qualm predict --images photos --model yolox-nano.json --form detections --out - | jq .detections
  qualm predict --images photos --model yolox-nano.json --scores scores.npz
  qualm predict --images photos --model yolox-nano.json --shard 3/16 --out shares/3`;

const noPlace =
  'nowhere to put the predictions; say --out predictions (a folder), --out - (stdout) or --scores scores.npz';

/** Adds `qualm predict`: images to predictions, as Parquet shards or as NDJSON on stdout. */
export function addPredictCommand(program: Command, terminal: Terminal): void {
  const command = program.command('predict').description('run a model over images and store its predictions');
  addModelRun(command)
    .addOption(options.formOption)
    .addOption(
      new Option('--min-score <p>', "leave out boxes that score below p (default: the model spec's)").argParser(
        unitNumber,
      ),
    )
    .addOption(
      new Option(
        '-o, --out <folder>',
        'folder of Parquet shards, here or in S3 (s3://bucket/run), or - for NDJSON on stdout',
      ).conflicts('scores'),
    )
    .addOption(options.scoresOption)
    .addOption(options.shardOption)
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
      const absolute = (path: string): string => (path === '-' || isS3Place(path) ? path : resolve(terminal.cwd, path));
      if (given.scores !== undefined) {
        const { runScores } = await import('./run-scores.ts');
        await runScores({ ...given, scores: absolute(given.scores) }, terminal, reporter);
        return;
      }
      if (given.out === undefined) throw new UsageError(noPlace);
      const { runPredict } = await import('./run-predict.ts');
      await runPredict({ ...given, out: absolute(given.out) }, terminal, reporter);
    });
}
