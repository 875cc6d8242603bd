import { resolve } from 'node:path';
import { Option } from '@commander-js/extra-typings';
import { strategyNames } from '@qualm/strategies/names';
import { boxErrorNames } from '../commands/errors/box-error-names.ts';
import { likelyErrors } from '../commands/errors/likely-errors.ts';
import { notNegative } from './option-values.ts';

/* Options of pages: what they show, and where they are written. */

/** Megabytes of sharp pictures in a report where nobody says how many. */
export const pictureBudget = 10;

export const byOption = new Option('--by <what>', 'what a cell is; a label that is likely wrong needs --coco')
  .choices(['box', 'image', 'error'] as const)
  .default('box' as const);
export const errorKindsOption = new Option(
  '--error <names...>',
  `errors that --by error looks for (default: ${likelyErrors.errors.join(', ')})`,
).choices(boxErrorNames);
export const reportStrategyOption = new Option(
  '-s, --strategy <name>',
  `${strategyNames.join(', ')}, an export of yours: ./mine.ts#score, or disagreement with --against (default: margin of a distribution, label-entropy of independent scores)`,
);
export const againstOption = new Option(
  '--against <folder>',
  "another model's predictions of the same images, shown beside",
);
export const reportCocoOption = new Option('--coco <file>', 'COCO instances file; its boxes are shown beside');
export const onlyOption = new Option(
  '--only <file>',
  'the images of a list alone: of rank, batch or errors (.csv, .json), marks of the page, or ids one a line',
);
export const excludeOption = new Option(
  '--exclude <file>',
  'all but the images, or boxes, of a list; the same files as --only takes elsewhere',
);
/** By what the page finds cells that are alike.
 * @param unless where nobody says
 */
export const embeddingsOption = (unless: 'pictures' | 'none') =>
  new Option(
    '--embeddings <what>',
    'what the page folds, maps and finds alike by: a file of qualm embed (.parquet), pictures (colours and edges), or none',
  ).default(unless);
export const mapOption = new Option(
  '--map <how>',
  'how the map is laid out: pca, at once; umap, which keeps neighbours together, takes seconds to half a minute, and 10,000 cells at most',
)
  .choices(['pca', 'umap'] as const)
  .default('pca' as const);
export const columnOption = new Option(
  '--column <name...>',
  'columns of --only or of the predictions that the page shows and filters by, such as camera',
);
export const byEachOption = new Option(
  '--by-each',
  'keep the first --cells by each strategy that the page sorts by, not by the first alone',
);
export const pictureBudgetOption = new Option(
  '--picture-budget <MB>',
  'megabytes of pictures at twice the size, for the first cells, then of whole images beside their boxes; 0 for small ones alone',
)
  .argParser(notNegative)
  .default(pictureBudget);
export const titleOption = new Option('--title <text>', 'what the page is called');

/** The paths of a report, as they stand in that folder. */
export function reportPaths(
  cwd: string,
  predictions: string,
  { against, coco }: { readonly against?: string | undefined; readonly coco?: string | undefined },
): { readonly predictions: string; readonly against?: string; readonly coco?: string } {
  return {
    predictions: resolve(cwd, predictions),
    ...(against !== undefined && { against: resolve(cwd, against) }),
    ...(coco !== undefined && { coco: resolve(cwd, coco) }),
  };
}
