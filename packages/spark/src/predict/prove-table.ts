import { QualmError } from '@qualm/types';
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
const counted = ['invalid', 'missing', 'doubled', 'unknown', 'other_images'] as const satisfies readonly ProofFault[];

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
  const names = [...counted, 'invalid_lines', 'failed', 'boxes'] as const;
  const proof = await readCounts(session, proofQuery(source, kind, table), names, options);
  const texts: string[] = [];
  for (const fault of counted) {
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
  const are = count === 1 ? 'is' : 'are';
  switch (fault) {
    case 'missing':
      return `${count} of ${images} images ${count === 1 ? 'has' : 'have'} no answer: ${some}`;
    case 'unknown':
      return `${count} ${count === 1 ? 'answer is' : 'answers are'} of images that were not asked for: ${some}`;
    case 'doubled':
      return `${count} of ${images} images ${count === 1 ? 'has' : 'have'} more than one answer: ${some}`;
    case 'other_images':
      return `${count} answers ${are} of another image than was asked for, or ${are} of a row that changed meanwhile: ${some}`;
    case 'invalid':
      return `${count} ${count === 1 ? 'line' : 'lines'} of workers ${are} not what this worker writes: ${some}`;
  }
}
