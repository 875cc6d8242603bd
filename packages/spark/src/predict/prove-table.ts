import { counted, QualmError } from '@qualm/types';
import type { SparkSession } from '../connect/spark-session.ts';
import { proofExamples, proofQuery } from '../texts/proof-texts.ts';
import type { ProofFault } from '../texts/proof-texts.ts';
import type { ImageKind, SourceColumns } from '../texts/request-text.ts';
import { readCounts, readRows, someOf } from './read-rows.ts';

/** What a proven table holds. */
export interface ProvenTable {
  readonly failed: number;
  readonly boxes: number;
}

const shown = 5;
const faults = ['invalid', 'missing', 'doubled', 'unknown', 'other_images'] as const satisfies readonly ProofFault[];

/** Proves that each image of the source has one answer in the table, and that nothing else is
 * there.
 * @throws QualmError `output-invalid` for answers that are not what the worker writes, else
 * `incomplete`; it counts what is missing, doubled or unknown, and names some of it.
 */
export async function proveTable(
  session: SparkSession,
  source: SourceColumns,
  kind: ImageKind,
  {
    table,
    images,
    signal,
  }: { readonly table: string; readonly images: number; readonly signal?: AbortSignal | undefined },
): Promise<ProvenTable> {
  const options = signal ? { signal } : {};
  const names = [...faults, 'invalid_lines', 'failed', 'boxes'] as const;
  const proof = await readCounts(session, proofQuery(source, kind, table), names, options);
  const texts: string[] = [];
  for (const fault of faults) {
    if (proof[fault] === 0) continue;
    const isInvalid = fault === 'invalid';
    const limit = isInvalid ? 1 : shown;
    const rows = await readRows(session, proofExamples(source, kind, table, fault, limit), options);
    const count = isInvalid ? proof.invalid_lines : proof[fault];
    texts.push(faultText(fault, count, images, someOf(rows, isInvalid ? 'message' : 'id', count)));
  }
  if (texts.length === 0) return proof;
  throw new QualmError(proof.invalid > 0 ? 'output-invalid' : 'incomplete', `predict: ${texts.join('; ')}; ${advice}`);
}

const advice =
  'the table was not made; run it again, and where that does not help, make the bundle anew and try qualm spark doctor';

function faultText(fault: ProofFault, count: number, images: number, some: string): string {
  const all = `of ${counted(images, 'image')}`;
  switch (fault) {
    case 'missing':
      return `${counted(count, `${all} has`, `${all} have`)} no answer: ${some}`;
    case 'unknown':
      return `${counted(count, 'answer is', 'answers are')} of images that were not asked for: ${some}`;
    case 'doubled':
      return `${counted(count, `${all} has`, `${all} have`)} more than one answer: ${some}`;
    case 'other_images':
      return `${counted(count, 'answer is', 'answers are')} of another image than was asked for, or of a row that changed meanwhile: ${some}`;
    case 'invalid':
      return `${counted(count, 'line of workers is', 'lines of workers are')} not what this worker writes: ${some}`;
  }
}
