import { assertOptions, assertString, assertWhole, wrongArgument } from '@qualm/types';
import type { ChartFilter, ReportChart, ReportOptions, ReportRegion } from './report-options.ts';

/** @throws RangeError that says what is wrong with the charts of a report. */
export function assertCharts(charts: readonly ReportChart[], options: ReportOptions): void {
  for (const chart of charts) {
    assertOptions('createReport', chart, "{ light: '<svg ...', dark: '<svg ...', words: 'Bars' }", 'a chart');
    for (const name of ['light', 'dark', 'words'] as const)
      assertString('createReport', `${name} of a chart`, chart[name]);
    const { regions = [] } = chart;
    if (!Array.isArray(regions)) throw wrongArgument('createReport', 'regions of a chart', regions, 'an array');
    for (const region of regions as readonly ReportRegion[]) assertRegion(region, options);
  }
}

function assertRegion(region: ReportRegion, options: ReportOptions): void {
  assertOptions('createReport', region, '{ x, y, width, height, words, filter }', 'a region of a chart');
  const { x, y, width, height, words, filter, total } = region;
  assertString('createReport', 'words of a region', words);
  if (![x, y, width, height].every((part) => part >= 0 && part <= 1))
    throw wrongArgument('createReport', 'a region of a chart', region, 'parts of the picture, 0 to 1');
  if (total !== undefined) assertWhole('createReport', 'total of a region', total, 0);
  if (filter === undefined && total !== undefined) return;
  assertOptions('createReport', filter, '{ label: 0 }', 'filter of a region');
  if (!isFilter(filter ?? {}, options))
    throw wrongArgument('createReport', 'filter of a region', filter, 'a place in labels or strategies, and two ends');
}

function isFilter({ label, scores, values, taken }: ChartFilter, { labels, strategies }: ReportOptions): boolean {
  const isPlace = (place: unknown, list: readonly unknown[]): boolean =>
    Number.isInteger(place) && (place as number) >= 0 && (place as number) < list.length;
  return (
    (label === undefined || isPlace(label, labels)) &&
    (scores === undefined || (Array.isArray(scores) && scores.every((score) => score >= 0 && score <= 1))) &&
    (taken === undefined ||
      (Array.isArray(taken) && taken.length === 2 && taken.every((place) => place === -1 || isPlace(place, labels)))) &&
    (values === undefined || (isPlace(values.strategy, strategies) && Number.isFinite(values.to - values.from)))
  );
}
