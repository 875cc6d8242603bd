import { assertCells } from './assert-cell.ts';
import { createCellCollector } from './collect-cells.ts';
import type { ReportCell, Thumbnail } from './report-cell.ts';
import type { ReportOptions } from './report-options.ts';
import { reportData, reportPage } from './report-page.ts';
import { withVectors } from './report-vectors.ts';

/** Below what a string of V8 can hold, and above what a browser likes. */
const mostBytes = 256 * 2 ** 20;

/** One HTML file that holds everything: a grid of cells to sort, filter by class, score,
 * uncertainty, words and confused pair, to look at closely, to mark and to export. It needs no
 * network and works from `file://`. Nothing of it runs but its own script: whatever cells, labels
 * and names hold is text. Some 5,000 cells are as much as is quick to open; above that take
 * `writeReportFolder`.
 * @throws RangeError for a cell that does not fit (an id that appears twice, an invalid class,
 * another number of values), and for pictures of more than 256 MiB.
 * @example await writeFile('report.html', createReport(cells, { labels: ['cat', 'dog'], strategies: [{ name: 'margin', order: 'ascending' }] }))
 */
export function createReport(cells: Iterable<ReportCell>, options: ReportOptions): string {
  assertCells(cells);
  const collector = createCellCollector(options);
  let bytes = 0;
  for (const cell of cells) {
    collector.add(cell, null);
    const { thumbnail, whole } = cell;
    bytes += (thumbnail?.bytes.length ?? 0) + (whole?.bytes.length ?? 0);
    if (bytes > mostBytes)
      throw new RangeError(
        `createReport: the pictures have more than ${mostBytes / 2 ** 20} MiB; write a folder with writeReportFolder, or show fewer cells`,
      );
    const place = collector.columns.id.length - 1;
    if (thumbnail) collector.setPicture(place, dataUri(thumbnail));
    if (whole) collector.setWhole(place, dataUri(whole));
  }
  const data = reportData(collector.columns, options, 'alone');
  return reportPage(withVectors(data, options.vectors), 'alone');
}

function dataUri({ type, bytes }: Thumbnail): string {
  return `data:${type};base64,${Buffer.from(bytes).toString('base64')}`;
}
