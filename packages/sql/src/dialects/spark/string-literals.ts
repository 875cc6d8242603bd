const escapes: Readonly<Record<string, string>> = { 0: '\0', b: '\b', n: '\n', r: '\r', t: '\t', Z: '\x1a' };

/** The text of a literal as Spark reads it: `'a\'b'`, `"a"`, `r'\d'`. A backslash stays before %
 * and _, for LIKE.
 * @see spark.apache.org/docs/latest/sql-ref-literals.html */
export function readSparkString(literal: string): string {
  const raw = /^[rR]/.test(literal);
  const quote = literal.at(raw ? 1 : 0)!;
  const inner = literal.slice(raw ? 2 : 1, -1);
  if (raw) return inner;
  return inner.replaceAll(
    /\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-3][0-7]{2})|([\s\S]))|''|""/g,
    (match: string, short?: string, long?: string, octal?: string, one?: string) => {
      if (short ?? long) return String.fromCodePoint(parseInt((short ?? long)!, 16));
      if (octal) return String.fromCodePoint(parseInt(octal, 8));
      if (one !== undefined) return one === '%' || one === '_' ? match : (escapes[one] ?? one);
      return match[0] === quote ? quote : match;
    },
  );
}

/** A string of DuckDB. */
export function duckdbString(text: string): string {
  if (!/[\0-\x1f]/.test(text)) return `'${text.replaceAll("'", "''")}'`;
  return `E'${text
    .replaceAll('\\', '\\\\')
    .replaceAll("'", "\\'")
    .replaceAll(/[\x01-\x1f]/g, (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`)}'`;
}

/** A quoted name of DuckDB. */
export function duckdbName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
