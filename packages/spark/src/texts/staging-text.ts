import { answerOf, invalidAnswer } from './answer-type.ts';
import type { AnswerForm } from './answer-type.ts';
import { requestQuery } from './request-text.ts';
import type { ImageKind, SourceColumns } from './request-text.ts';
import { textLiteral } from './text-literal.ts';

/** The code of the error of a row that stands for an answer that is not to be believed. */
export const invalidCode = 'answer-invalid';

/** What a table of predictions is made with. */
export interface StagingTable {
  /** Its name, quoted. */
  readonly name: string;
  /** The type of ids, as Spark writes it. */
  readonly idType: string;
  readonly kind: ImageKind;
  readonly partitions: number;
  readonly form: AnswerForm;
  /** What is kept beside the table. */
  readonly properties: Readonly<Record<string, string>>;
}

/** The statement that predicts: one row an answer, whatever the answer is. `:command` is the
 * worker's command, `:worker` its fingerprint.
 */
export function stagingText(source: SourceColumns, table: StagingTable): string {
  const { name, idType, kind, partitions, form, properties } = table;
  return `CREATE TABLE ${name} USING parquet TBLPROPERTIES (${propertyList(properties)}) AS
SELECT try_cast(a.id AS ${idType}) AS image_id, a.image AS image, a.width AS width, a.height AS height,
  IF(invalid, NULL, a.detections) AS detections, a.measures AS measures,
  IF(invalid, named_struct('code', '${invalidCode}', 'message', left(line, 200)), a.error) AS error
FROM (
  SELECT line, a, ${invalidAnswer(form, ':worker')} AS invalid
  FROM (
    SELECT line, ${answerOf('line', form)} AS a
    FROM (SELECT TRANSFORM(request) USING :command AS (line STRING) FROM (
      ${requestQuery(source, kind, partitions)}))))`;
}

/** The statement that makes a table of one row a box of one with a row an image. */
export function boxesText(images: string, boxes: string, properties: Readonly<Record<string, string>>): string {
  return `CREATE TABLE ${boxes} USING parquet TBLPROPERTIES (${propertyList(properties)}) AS
SELECT image_id, image, width, height, box_index, detection.*
FROM (SELECT image_id, image, width, height, posexplode(detections) AS (box_index, detection) FROM ${images})`;
}

function propertyList(properties: Readonly<Record<string, string>>): string {
  return Object.entries(properties)
    .map(([key, value]) => `${textLiteral(key)} = ${textLiteral(value)}`)
    .join(', ');
}
