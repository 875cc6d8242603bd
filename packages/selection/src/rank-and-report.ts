import { assertOptions } from '@qualm/types';
import { assertSource } from './assert-arguments.ts';
import { chooseRanking } from './choose/choose-ranking.ts';
import type { AskedRanking } from './choose/choose-ranking.ts';
import { strategyMeasure } from './choose/measure.ts';
import { assertRankOptions, createRanking } from './rank/rank-predictions.ts';
import type { RankOptions, Ranking } from './rank/rank-predictions.ts';
import { createReportGatherer } from './report/report-gatherer.ts';
import { assertReportOptions } from './report/report-options.ts';
import type { ReportContents, ReportOptions } from './report/report-options.ts';
import { sourceInfo } from './scan/prediction-source.ts';
import type { PredictionSource } from './scan/prediction-source.ts';
import { scanPredictions } from './scan/scan-predictions.ts';

/** What a selection is asked. */
export interface SelectionOptions extends RankOptions {
  /** What is in the report; none when absent. It is ranked as the lists are. */
  readonly report?: Omit<ReportOptions, keyof AskedRanking | 'byDisagreement' | 'only' | 'seed' | 'signal'> | undefined;
}

/** A ranking and the report of the same predictions, which are read once for both.
 * @throws as `rankPredictions` and `reportOf`.
 */
export async function rankAndReport(
  source: PredictionSource,
  given: SelectionOptions = {},
): Promise<{ readonly ranking: Ranking; readonly report: ReportContents | null }> {
  assertSource('rankAndReport', source);
  assertOptions('rankAndReport', given, '{ limit: 100 }');
  const { report: reported, ...options } = given;
  assertRankOptions('rankAndReport', options);
  if (reported !== undefined) assertReportOptions('rankAndReport', reported);
  const choice = chooseRanking(await sourceInfo(source), options);
  const { only, signal, onProgress, strategy, aggregate, minScore, seed } = options;
  const gathering = createRanking(choice, options);
  const asked = { strategy, aggregate, minScore, only, seed, signal };
  const report = reported ? await createReportGatherer(source, choice, { ...reported, ...asked }) : null;
  const measure = strategyMeasure(choice);
  const others = report?.others ?? [];
  const scan = { measure, minScore: choice.minScore, others, only, signal, onProgress };
  const scanned = await scanPredictions(source, scan, [...gathering.readers, ...(report?.readers ?? [])]);
  return { ranking: gathering.ranking(scanned), report: report?.contents(scanned) ?? null };
}
