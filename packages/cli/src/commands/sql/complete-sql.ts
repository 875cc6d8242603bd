import type { SqlNames } from '@qualm/sql';
import { dotCommands } from './dot-commands.ts';

const keywords = (
  'ALL AND ANTI AS ASC ATTACH BETWEEN BY CASE CAST COPY CREATE CROSS CSV DELETE DESC DESCRIBE DISTINCT DROP ELSE END EXCEPT ' +
  'EXISTS EXPLAIN FALSE FLAVOR FORMAT FROM FULL GROUP HAVING IF IN INNER INSERT INTERSECT INTO IS JOIN LEFT LIKE LIMIT ' +
  'ML_PREDICT MODEL MODELS MODEL_TYPE NOT NULL OFFSET ON OPTIONS OR ORDER OUTER OVER PARQUET PARTITION PIVOT QUALIFY REPLACE ' +
  'RIGHT SELECT SEMI SET SHOW SUMMARIZE TABLE TABLES THEN TO TRUE UNION UPDATE USING VALUES VIEW WHEN WHERE WITH'
).split(' ');

/** What the word at the end of a line can become, and that word, as readline asks for it. Keywords
 * are written as the word is, in capitals or not; a function comes with its bracket.
 * @example completeSql('select ML_PREDICT(yo', { models: ['yolox'], ... }) // [['yolox'], 'yo']
 */
export function completeSql(line: string, names: SqlNames): [string[], string] {
  if (/^\.\w*$/.test(line)) return [dotCommands.map(({ name }) => name).filter((name) => name.startsWith(line)), line];
  const [word] = /[\p{L}_][\p{L}\p{N}_$]*$/u.exec(line) ?? [''];
  if (word === '') return [[], ''];
  const asTyped = (keyword: string): string => (/[a-z]/.test(word) ? keyword.toLowerCase() : keyword);
  const { models, tables, columns, functions } = names;
  const before = line.slice(0, -word.length);
  const candidates = /\bml_predict\s*\(\s*$/i.test(before)
    ? models
    : [
        ...columns.map(quoted),
        ...tables.map(quoted),
        ...models,
        ...keywords.map(asTyped),
        ...functions.map((name) => `${name}(`),
      ];
  const fits = candidates.filter((name) => name.toLowerCase().startsWith(word.toLowerCase()));
  return [[...new Set(fits)], word];
}

/** Names that are not words would not be read back. */
function quoted(name: string): string {
  return /^[\p{L}_][\p{L}\p{N}_$]*$/u.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
}
