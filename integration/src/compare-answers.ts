/** A row of an answer: values that JSON has. */
export type AnswerRow = Readonly<Record<string, unknown>>;

/** What the first row is that is not as expected, or null. Rows with the same key may stand in any
 * order; where the limit cuts among them, any of them may be the last.
 * @param expected all rows in order, with no limit. @param by the column that they are ordered by.
 */
export function firstDifference(
  rows: readonly AnswerRow[],
  expected: readonly AnswerRow[],
  by: string,
  limit = Infinity,
): string | null {
  const length = Math.min(limit, expected.length);
  if (rows.length !== length) return `${rows.length} rows, expected ${length}`;
  for (let start = 0; start < length;) {
    let end = start + 1;
    while (end < expected.length && expected[end]![by] === expected[start]![by]) end++;
    const left = counted(expected.slice(start, end).map(textOf));
    for (const [at, row] of rows.slice(start, end).entries()) {
      const text = textOf(row);
      const count = left.get(text) ?? 0;
      if (count === 0) return `row ${start + at} is ${text}, expected one of ${[...left.keys()].slice(0, 2).join(' ')}`;
      left.set(text, count - 1);
    }
    start = end;
  }
  return null;
}

function counted(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}

/** The row as text, whatever the order of its columns; means are sums in another order, so nine
 * digits of them count.
 */
function textOf(row: AnswerRow): string {
  const entries = Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(
    entries.map(([name, value]) => [name, name === 'avg_margin' ? Number(value).toPrecision(9) : value]),
  );
}
