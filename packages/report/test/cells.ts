import type { ReportCell, ReportOptions } from '../src/index.ts';
import { createCellCollector } from '../src/collect-cells.ts';
import type { ReportData } from '../src/report-data.ts';
import { reportData } from '../src/report-page.ts';

/** A pixel. */
export const png: Buffer = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

export const options: ReportOptions = {
  title: 'Toys',
  labels: ['cat', 'dog', '<b>"fox"</b>'],
  strategies: [
    { name: 'margin', order: 'ascending' },
    { name: 'entropy', order: 'descending' },
  ],
};

/** A cell of which a test says what it is about. */
export function cell(id: string, more: Partial<ReportCell> = {}): ReportCell {
  return {
    ...{ id, image: `${id}.jpg`, width: 40, height: 20 },
    thumbnail: { bytes: png, type: 'image/png' },
    boxes: [{ xmin: 10, ymin: 5, xmax: 30, ymax: 15 }],
    ...{ label: 0, second: 1, score: 0.5, secondScore: 0.25 },
    values: [0.25, 0.5],
    ...more,
  };
}

/** What a page is given of these cells. */
export function dataOf(cells: readonly ReportCell[], more: Partial<ReportOptions> = {}, served = false): ReportData {
  const given = { ...options, ...more };
  const collector = createCellCollector(given);
  cells.forEach((one, place) => {
    collector.add(one, one.thumbnail ? 'a.png' : null);
    if (one.whole) collector.setWhole(place, 'whole.png');
  });
  return reportData(collector.columns, given, served ? 'server' : 'alone');
}
