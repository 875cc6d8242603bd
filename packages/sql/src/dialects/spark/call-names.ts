import type { SparkToken } from './polyglot.ts';

/** Words that are followed by a parenthesis and are not functions, or functions with a grammar of
 * their own.
 */
const grammar = new Set(
  `ALL AND ANTI AS BETWEEN BY CASE CAST CLUSTER COLUMNS CROSS CUBE DEC DECIMAL DISTINCT DISTRIBUTE DIV ELSE END ESCAPE
   EXCEPT EXTRACT FROM FULL GROUP HAVING ILIKE IN INNER INTERSECT INTERVAL IS JOIN LATERAL LIKE LIMIT MINUS NATURAL NOT NULL NUMERIC
   OFFSET ON OPTIONS OR ORDER OUTER OVER OVERLAY PARTITION PARTITIONED PIVOT REGEXP RLIKE ROLLUP SELECT SEMI SETS SORT STRUCT TABLE
   TABLESAMPLE TBLPROPERTIES THEN TRY_CAST UNION UNPIVOT USING VALUES VARCHAR VIEW WHEN WHERE WINDOW WITH WITHIN`.split(
    /\s+/,
  ),
);

const comparisons = new Set('LIKE ILIKE = == != <> < > <= >= <=>'.split(' '));

/** True for the name of a call, and for a name with a list of columns behind it, which looks the
 * same.
 */
export function isCallName(tokens: readonly SparkToken[], index: number): boolean {
  const { type, text } = tokens[index]!;
  if (tokens[index + 1]?.type !== 'L_PAREN' || !/^[\p{L}_]/u.test(text)) return false;
  return type !== 'QUOTED_IDENTIFIER' && !grammar.has(text.toUpperCase());
}

/** True for a call that only the parser's own grammar reads: `exists (SELECT ...)`,
 * `trim(BOTH 'x' FROM a)`, `FILTER (WHERE ...)`.
 */
export function isSpecialCall(tokens: readonly SparkToken[], index: number): boolean {
  const name = tokens[index]!.text.toUpperCase();
  const next = tokens[index + 2]?.text.toUpperCase() ?? '';
  if (name === 'EXISTS') return ['SELECT', 'WITH', 'FROM', 'VALUES', '('].includes(next);
  if (name === 'FILTER') return next === 'WHERE';
  if (name === 'ANY' || name === 'SOME') return comparisons.has(tokens[index - 1]?.text.toUpperCase() ?? '');
  if (name === 'TRIM') return ['BOTH', 'LEADING', 'TRAILING'].includes(next) || hasWord(tokens, index, 'FROM');
  if (name === 'SUBSTRING' || name === 'SUBSTR') return hasWord(tokens, index, 'FROM');
  if (name === 'POSITION') return hasWord(tokens, index, 'IN');
  return false;
}

/** True where a word stands in a call, not within parentheses of its arguments. */
function hasWord(tokens: readonly SparkToken[], index: number, word: string): boolean {
  let depth = 0;
  for (const { type, text } of tokens.slice(index + 1)) {
    if (type === 'L_PAREN') depth++;
    if (type === 'R_PAREN') depth--;
    if (depth === 0) return false;
    if (depth === 1 && text.toUpperCase() === word) return true;
  }
  return false;
}
