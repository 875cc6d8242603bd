import { boxErrors, errorReportOf, readLabelledImages } from '@qualm/selection';
import type { ErrorReportOptions, ReportContents } from '@qualm/selection';
import { likelyErrors } from './likely-errors.ts';

/** The page of labels that are likely wrong, as `report` and `serve` ask for it.
 * @throws as `readLabelledImages` and `errorReportOf`.
 */
export async function errorContents(
  predictions: string,
  coco: string,
  options: ErrorReportOptions,
): Promise<ReportContents> {
  const labelled = await readLabelledImages(predictions, coco);
  const contents = await errorReportOf(predictions, labelled, boxErrors(labelled, likelyErrors), options);
  return { ...contents, warnings: [...labelled.warnings, ...contents.warnings] };
}
