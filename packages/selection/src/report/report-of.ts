import { assertSource } from '../assert-arguments.ts';
import { chooseRanking } from '../choose/choose-ranking.ts';
import { sourceInfo } from '../scan/prediction-source.ts';
import type { PredictionSource } from '../scan/prediction-source.ts';
import { scanPredictions } from '../scan/scan-predictions.ts';
import { createReportGatherer } from './report-gatherer.ts';
import { assertReportOptions } from './report-options.ts';
import type { ReportContents, ReportOptions } from './report-options.ts';

/** The cells of a report, least sure first, and what they have in common. Predictions are read
 * once.
 * @throws QualmError `options-invalid` when there are no predictions, when the aggregation means
 * nothing for the strategy, and for `byDisagreement` without another model; `aborted` by the
 * signal; as `readPredictionShards`.
 */
export async function reportOf(source: PredictionSource, options: ReportOptions = {}): Promise<ReportContents> {
  assertSource('reportOf', source);
  assertReportOptions('reportOf', options);
  const choice = chooseRanking(await sourceInfo(source), options);
  const report = await createReportGatherer(source, choice, options);
  const { measure, others, readers } = report;
  const { only, signal } = options;
  const scan = { measure, minScore: choice.minScore, others, only, signal };
  const scanned = await scanPredictions(source, scan, readers);
  return report.contents(scanned);
}
