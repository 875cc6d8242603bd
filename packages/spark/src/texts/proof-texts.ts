import { quoteName, quoteTable } from './names.ts';
import { idText } from './request-text.ts';
import type { ImageKind, SourceColumns } from './request-text.ts';
import { invalidCode } from './staging-text.ts';

/** The query of what is wrong with the ids and images of a source: `images`, `null_ids`,
 * `doubled_ids` (rows beyond the first of each id), `null_images`.
 */
export function sourceCounts(source: SourceColumns): string {
  return `SELECT count(*) AS images, count_if(id IS NULL) AS null_ids,
  count(id) - count(DISTINCT id) AS doubled_ids, count_if(image IS NULL) AS null_images
FROM (SELECT ${idText(source)} AS id, ${quoteName(source.image)} AS image FROM ${from(source)})`;
}

/** The query of some ids that are there more than once. */
export function doubledIds(source: SourceColumns, limit: number): string {
  return `SELECT ${idText(source)} AS id FROM ${from(source)} WHERE ${quoteName(source.id)} IS NOT NULL
GROUP BY 1 HAVING count(*) > 1 ORDER BY 1 LIMIT ${limit}`;
}

/** The query of some ids of images that are NULL. */
export function idsOfNulls(source: SourceColumns, limit: number): string {
  return `SELECT ${idText(source)} AS id FROM ${from(source)} WHERE ${quoteName(source.image)} IS NULL
ORDER BY 1 LIMIT ${limit}`;
}

/** The query that proves a table of predictions: `missing` ids were asked and not answered,
 * `unknown` ones answered and not asked, `doubled` ones answered more than once, `other_images`
 * answered with another image, `invalid` ones answered with something else than an answer, in
 * `invalid_lines`. All are 0 where it is complete.
 */
export function proofQuery(source: SourceColumns, kind: ImageKind, predictions: string): string {
  const counts = Object.entries(faults).map(([name, condition]) => `count_if(${condition}) AS ${name}`);
  return `SELECT ${counts.join(',\n  ')}, coalesce(sum(invalid), 0) AS invalid_lines,
  coalesce(sum(failed), 0) AS failed, coalesce(sum(boxes), 0) AS boxes
${proofJoin(source, kind, predictions)}`;
}

/** The query of some ids, and what is wrong with them. */
export function proofExamples(
  source: SourceColumns,
  kind: ImageKind,
  predictions: string,
  fault: ProofFault,
  limit: number,
): string {
  return `SELECT coalesce(asked.id, given.id) AS id, message
${proofJoin(source, kind, predictions)} WHERE ${faults[fault]} ORDER BY 1 LIMIT ${limit}`;
}

/** What may be wrong with a table of predictions. */
export type ProofFault = 'missing' | 'unknown' | 'doubled' | 'other_images' | 'invalid';

const faults: Readonly<Record<ProofFault, string>> = {
  missing: 'given.id IS NULL AND asked.id IS NOT NULL',
  unknown: 'asked.id IS NULL AND invalid < answers',
  doubled: 'answers > 1 AND asked.id IS NOT NULL',
  other_images: 'asked.image <> given.image',
  invalid: 'invalid > 0',
};

function proofJoin(source: SourceColumns, kind: ImageKind, predictions: string): string {
  const image = kind === 'uri' ? quoteName(source.image) : 'CAST(NULL AS STRING)';
  return `FROM (SELECT ${idText(source)} AS id, ${image} AS image FROM ${from(source)}) AS asked
FULL OUTER JOIN (
  SELECT CAST(image_id AS STRING) AS id, max(image) AS image, count(*) AS answers,
    count_if(error.code = '${invalidCode}') AS invalid, count_if(error IS NOT NULL) AS failed,
    sum(coalesce(size(detections), 0)) AS boxes, max(error.message) AS message
  FROM ${predictions} GROUP BY 1) AS given
ON asked.id = given.id`;
}

function from(source: SourceColumns): string {
  return quoteTable('predict', source.from);
}
