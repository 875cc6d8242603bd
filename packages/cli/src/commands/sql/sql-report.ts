import { pageCells } from '@qualm/selection';
import { counted, countText } from '@qualm/types';
import { UsageError } from '../../terminal/exit-code.ts';
import type { OverwriteOptions } from '../../output/own-files.ts';
import { claimPage, withoutPicture, writeReport } from '../../output/write-report.ts';
import type { Reporter } from '../../terminal/reporter.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { measuredColumns, reportColumns } from './report-columns.ts';
import { classNames, namesOfModels } from './class-names.ts';
import type { ClassNames } from './class-names.ts';
import { classesIn, reportCells } from './report-cells.ts';
import type { ReportRows } from './report-rows.ts';
import type { StatementSession } from './statement-runner.ts';

/** Says before the work begins that its report could not be written.
 * @throws UsageError when the file is somebody else's.
 */
export async function claimReport(out: string, options: OverwriteOptions): Promise<void> {
  await claimPage(out, options);
}

/** What the classes of the rows are called, as far as rows and models say. */
export async function reportNames(session: StatementSession, rows: ReportRows): Promise<ClassNames> {
  const result = rows.kept();
  if (!result) return new Map();
  const { ids, seen } = classesIn(result.rows, reportColumns(result.columns)!);
  return classNames(seen, seen.length === 0 ? [] : await namesOfModels(session, ids));
}

/** Writes rows with images as the page that `qualm report` makes.
 * @throws UsageError where no statement gave any.
 */
export async function writeSqlReport(
  out: string,
  rows: ReportRows,
  names: ClassNames,
  { title = 'Rows of a query', force }: OverwriteOptions & { readonly title?: string | undefined },
  { signal, cwd }: Terminal,
  reporter: Reporter,
): Promise<void> {
  const result = rows.kept();
  if (!result)
    throw new UsageError(
      '--report: no statement gave rows with an image; name a column of images, such as image, beside the boxes',
    );
  const found = reportColumns(result.columns)!;
  const measured = measuredColumns(result.columns, found);
  const { cells, by } = await reportCells(result.rows, found, measured, names, cwd);
  const page = pageCells(cells, by);
  const strategies = [
    { name: 'row', order: 'ascending' as const },
    ...measured.map(({ name, order }) => ({ name, order })),
  ];
  const shown = { title, about: 'in the order of the query', labels: page.labels, strategies, noBox: 'no box' };
  const written = await writeReport(out, page.cells, shown, { reporter, signal, force });
  if (written.missing > 0) reporter.warn(`${withoutPicture(written.missing, ['row', 'rows'])} cannot be opened`);
  const more =
    result.count > result.rows.length ? ` of ${countText(result.count)}; --cells ${result.count} takes all` : '';
  reporter.note(`${counted(cells.length, 'row')}${more}, ${(written.bytes / 1e6).toFixed(1)} MB; open ${written.out}`);
}
