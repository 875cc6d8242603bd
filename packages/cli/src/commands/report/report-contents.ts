import { reportOf } from '@qualm/selection';
import type { BoxError, ReportContents } from '@qualm/selection';
import { errorContents } from '../errors/error-contents.ts';
import type { AskedPage } from '../../output/write-report.ts';
import { UsageError } from '../../terminal/exit-code.ts';
import { namedRanking, optionNames } from '../../options/ranking-options.ts';
import type { RankingOptions } from '../../options/ranking-options.ts';
import { readChosen } from '../../input/chosen-images.ts';
import type { ChosenLists } from '../../input/chosen-images.ts';
import type { Terminal } from '../../terminal/terminal.ts';

/** What is in a report, written or served. */
export interface AskedReport extends RankingOptions, ChosenLists {
  /** Predictions of another model, of the same images. */
  readonly against?: string | undefined;
  /** A COCO file with what people drew. */
  readonly coco?: string | undefined;
  readonly by: AskedPage;
  /** What a page of likely errors looks for. */
  readonly error?: readonly BoxError[] | undefined;
  readonly cells: number;
  /** Keeps the first `cells` by each strategy. */
  readonly byEach?: true | undefined;
  readonly title?: string | undefined;
}

/** The cells of a report, as the command line asks for them.
 * @throws UsageError for a strategy that there is not, and as `readChosen`; as `reportOf`.
 */
export async function reportContents(
  { strategy, ...options }: AskedReport,
  { cwd, signal }: Pick<Terminal, 'cwd' | 'signal'>,
): Promise<ReportContents> {
  const byDisagreement = strategy === 'disagreement';
  const { predictions, by, cells, byEach, against, coco, title } = options;
  if (by === 'error') return errorPage({ strategy, ...options }, { cwd, signal });
  if (options.error) throw new UsageError('--error: is of a page of likely errors; add --by error');
  if (byDisagreement && against === undefined)
    throw new UsageError('--strategy disagreement: needs another model; name its predictions with --against');
  const asked = await namedRanking({ ...options, ...(!byDisagreement && { strategy }) }, cwd);
  const shown = { by, cells, byEach, against, coco, title, byDisagreement };
  const only = await readChosen(options, { cwd }, { predictions, by });
  const contents = await reportOf(predictions, { ...asked, ...shown, only, signal, optionNames });
  return { ...contents, warnings: [...contents.warnings, ...(only?.warnings() ?? [])] };
}

/** @throws UsageError for what says nothing of labels. */
async function errorPage(
  { strategy, aggregate, against, coco, predictions, cells, title, error: errors, ...lists }: AskedReport,
  { cwd, signal }: Pick<Terminal, 'cwd' | 'signal'>,
): Promise<ReportContents> {
  if (coco === undefined) throw new UsageError('--by error: needs labels; name their file with --coco');
  const others = Object.entries({ strategy, aggregate, against }).flatMap(([name, value]) =>
    value === undefined ? [] : [name],
  );
  if (others.length > 0)
    throw new UsageError(`--by error: goes without --${others.join(' and --')}; worst labels come first`);
  const only = await readChosen(lists, { cwd }, { predictions, by: 'error' });
  const contents = await errorContents(predictions, coco, { cells, title, only, signal, errors });
  return { ...contents, warnings: [...contents.warnings, ...(only?.warnings() ?? [])] };
}
