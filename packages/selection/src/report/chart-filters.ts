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

function withRegions(chart: ReportChart, what: (at: number) => Pick<ReportRegion, 'words' | 'filter'>): ReportChart {
  const regions = chartRegions(chart.light).map(({ at, ...sides }) => ({ ...sides, ...what(at) }));
  return { ...chart, regions };
}
