import type { ReportChart, ReportRegion } from '@qualm/report';
import { chartRegions } from '@qualm/viz/charts';
import type { ReliabilityBins } from '@qualm/viz/charts';
import { boxesWords, imagesWords } from '../counted.ts';

/** The page rounds numbers to nine digits: ends are that much farther out. */
const rounding = 1e-8;

/** A chart of parts of the images, each of which narrows the page to the numbers of its images.
 * @param parts [images]: the numbers by which the page ranks
 */
export function withPartFilters(chart: ReportChart, parts: readonly (readonly number[])[]): ReportChart {
  return withRegions(chart, (at) => {
    const [least, most] = [Math.min(...parts[at]!), Math.max(...parts[at]!)];
    const slack = rounding * Math.max(Math.abs(least), Math.abs(most), Number.MIN_VALUE);
    return {
      words: `Part ${at + 1} of ${parts.length}: ${imagesWords(parts[at]!.length)}`,
      filter: { values: { strategy: 0, from: least - slack, to: most + slack } },
    };
  });
}

/** A reliability diagram, each bin of which narrows the page to its scores. */
export function withBinFilters(chart: ReportChart, { lower, upper, count }: ReliabilityBins): ReportChart {
  return withRegions(chart, (at) => ({
    words: `Scores from ${lower[at]!.toFixed(1)} to ${upper[at]!.toFixed(1)}: ${boxesWords(count[at]!)}`,
    filter: { scores: [lower[at]!, upper[at]!] },
  }));
}

/** A confusion matrix of all boxes, each cell of which narrows the page to what it has of that
 * pair.
 * @param counts [classes + 1, classes + 1], the last of each for nothing
 * @param names of the classes
 * @param labels of the page: a class that it lacks is not on it
 */
export function withPairFilters(
  chart: ReportChart,
  counts: ArrayLike<number>,
  names: readonly string[],
  labels: readonly string[],
): ReportChart {
  const places = new Map(labels.map((label, place) => [label.normalize(), place]));
  const placeOf = (at: number): number | undefined => (at === names.length ? -1 : places.get(names[at]!.normalize()));
  return withRegions(chart, (at) => {
    const [row, column] = [Math.floor(at / (names.length + 1)), at % (names.length + 1)];
    const [drawn, found] = [placeOf(row), placeOf(column)];
    const drawnWords = row === names.length ? 'nothing drawn' : `drawn ${names[row]}`;
    return {
      words: column === names.length ? `${drawnWords}, not found` : `${drawnWords}, found ${names[column]}`,
      total: counts[at]!,
      ...(drawn !== undefined && found !== undefined && { filter: { taken: [drawn, found] } }),
    };
  });
}

function withRegions(
  chart: ReportChart,
  what: (at: number) => Pick<ReportRegion, 'words' | 'filter' | 'total'>,
): ReportChart {
  const regions = chartRegions(chart.light).map(({ at, ...sides }) => ({ ...sides, ...what(at) }));
  return { ...chart, regions };
}
