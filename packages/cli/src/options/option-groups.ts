import { Argument, Option } from '@commander-js/extra-typings';
import type { Command } from '@commander-js/extra-typings';
import { wholeNumber } from './option-values.ts';
import * as options from './options.ts';
import * as pageOptions from './page-options.ts';

/* Options that two commands begin with, in the order of their help. Those that come after a
 * command's own options stay in the command: a generic function that adds options to unknown ones
 * takes TypeScript minutes. */

/** Which images, which model, and where it runs. */
export function addModelRun(command: Command) {
  return command
    .addOption(options.imagesOption())
    .addOption(options.cocoOption)
    .addOption(options.followLinksOption)
    .addOption(options.allowOption)
    .addOption(options.allowPrivateOption)
    .addOption(options.limitOption)
    .addOption(options.modelOption)
    .addOption(options.modelRootOption)
    .addOption(options.headOption)
    .addOption(options.backendOption)
    .addOption(options.specOption)
    .addOption(options.trackingUriOption)
    .addOption(options.deviceOption)
    .addOption(options.sessionsOption)
    .addOption(options.threadsOption)
    .addOption(options.graphCacheOption)
    .addOption(options.batchSizeOption);
}

/** Which predictions, how they are ranked, and what the page shows of them.
 * @param cells that are shown where nobody says how many
 */
export function addPageOfPredictions(command: Command, cells: number) {
  return command
    .addArgument(new Argument('<predictions>', 'folder that predict or select wrote'))
    .addOption(pageOptions.byOption)
    .addOption(pageOptions.errorKindsOption)
    .addOption(pageOptions.reportStrategyOption)
    .addOption(options.aggregateOption)
    .addOption(options.emptyOption)
    .addOption(options.minScoreOption)
    .addOption(options.seedOption)
    .addOption(
      new Option('--cells <n>', 'boxes or images to show, the least sure ones')
        .argParser(wholeNumber(1))
        .default(cells),
    )
    .addOption(pageOptions.byEachOption)
    .addOption(pageOptions.onlyOption)
    .addOption(pageOptions.excludeOption)
    .addOption(pageOptions.columnOption)
    .addOption(pageOptions.againstOption)
    .addOption(pageOptions.reportCocoOption)
    .addOption(pageOptions.titleOption);
}
