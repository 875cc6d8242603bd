import { resolve } from 'node:path';
import { Argument, Option } from '@commander-js/extra-typings';
import type { Command } from '@commander-js/extra-typings';
import * as options from '../../options/options.ts';
import { withAllPredictions } from '../../predict/s3-place.ts';
import { createReporter } from '../../terminal/reporter.ts';
import type { Terminal } from '../../terminal/terminal.ts';

const help = `
It proves that each image is there once, and writes what predict without --shard would have written.

Example:
  qualm predict --images photos --model yolox-nano.json --shard 1/2 --out shares/1   # on one machine
  qualm predict --images photos --model yolox-nano.json --shard 2/2 --out shares/2   # on another
  qualm merge shares/* --out predictions`;

/** Adds `qualm merge`: the shares of a run to one folder of predictions. */
export function addMergeCommand(program: Command, terminal: Terminal): void {
  program
    .command('merge')
    .description('put the shares of predict --shard together')
    .addArgument(new Argument('<shares...>', 'the folders of all shares, here or in S3, in any order'))
    .addOption(
      new Option('-o, --out <folder>', 'folder of predictions, which must not be there yet').makeOptionMandatory(),
    )
    .addOption(options.jsonOption)
    .addHelpText('after', help)
    .action(async (shares, given) => {
      const reporter = createReporter(terminal, { json: given.json === true });
      const { runMerge } = await import('./run-merge.ts');
      const out = resolve(terminal.cwd, given.out);
      await withAllPredictions(shares, terminal, (folders) => runMerge({ shares: folders, out }, terminal, reporter));
    });
}
