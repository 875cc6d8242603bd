import { boxErrors, errorReportOf, readLabelledImages } from '@qualm/selection';
import type { BoxError, ErrorReportOptions, ReportContents } from '@qualm/selection';
import { likelyErrors } from './likely-errors.ts';

/** The page of labels that are likely wrong, as `report` and `serve` ask for it.
 * @throws as `readLabelledImages` and `errorReportOf`.
 */
export async function errorContents(
  predictions: string,
  coco: string,
  {
    errors = likelyErrors.errors,
    ...options
  }: ErrorReportOptions & { readonly errors?: readonly BoxError[] | undefined },
): Promise<ReportContents> {
  const labelled = await readLabelledImages(predictions, coco);
  const contents = await errorReportOf(
    predictions,
    labelled,
    boxErrors(labelled, { ...likelyErrors, errors }),
    options,
  );
  return { ...contents, warnings: [...labelled.warnings, ...contents.warnings] };
}
