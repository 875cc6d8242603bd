/** Letters of Java's patterns, DuckDB's for the same, and the form of the text. */
const letters: Readonly<Record<string, readonly [format: string, form: string]>> = {
  yyyy: ['%Y', '\\d{4}'],
  yy: ['%y', '\\d{2}'],
  MMMM: ['%B', '[A-Z][a-z]+'],
  MMM: ['%b', '[A-Z][a-z]{2}'],
  MM: ['%m', '\\d{2}'],
  M: ['%-m', '\\d{1,2}'],
  dd: ['%d', '\\d{2}'],
  d: ['%-d', '\\d{1,2}'],
  HH: ['%H', '\\d{2}'],
  H: ['%-H', '\\d{1,2}'],
  hh: ['%I', '\\d{2}'],
  h: ['%-I', '\\d{1,2}'],
  mm: ['%M', '\\d{2}'],
  m: ['%-M', '\\d{1,2}'],
  ss: ['%S', '\\d{2}'],
  s: ['%-S', '\\d{1,2}'],
  SSS: ['%g', '\\d{3}'],
  SSSSSS: ['%f', '\\d{6}'],
  a: ['%p', '(AM|PM)'],
  EEEE: ['%A', '[A-Z][a-z]+'],
  EEE: ['%a', '[A-Z][a-z]{2}'],
  E: ['%a', '[A-Z][a-z]{2}'],
};

/** A pattern of Java's dates as DuckDB's format and as a regular expression of what follows it;
 * null for one with other letters.
 * @see spark.apache.org/docs/latest/sql-ref-datetime-pattern.html */
export function readDatePattern(pattern: string): { readonly format: string; readonly form: string } | null {
  let format = '';
  let form = '';
  for (const [part, quoted] of pattern.matchAll(/'((?:[^']|'')*)'|([A-Za-z])\2*|[^A-Za-z']+|'/g)) {
    if (part === "'") return null;
    if (/^[A-Za-z]/.test(part)) {
      const known = letters[part];
      if (!known) return null;
      format += known[0];
      form += known[1];
    } else {
      const text = quoted === undefined ? part : quoted === '' ? "'" : quoted.replaceAll("''", "'");
      format += text.replaceAll('%', '%%');
      form += text.replaceAll(/[^A-Za-z0-9 ]/g, '\\$&');
    }
  }
  return { format, form };
}
