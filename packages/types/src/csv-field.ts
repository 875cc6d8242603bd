/** A text as a field of CSV (RFC 4180): in quotes where it has a comma, a quote or a line break.
 * One that a spreadsheet would run as a formula, as it begins with `=`, `+`, `-`, `@`, a tab or a
 * line break and is no number, gets an apostrophe before it.
 * @param options `escapeFormulas: false` leaves out the apostrophe, for programs.
 * @example csvField('=1+1, or so') // `"'=1+1, or so"`
 */
export function csvField(text: string, options: { readonly escapeFormulas?: boolean } = {}): string {
  const { escapeFormulas = true } = options;
  const safe = escapeFormulas && isFormula.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Full-width characters are the same to some spreadsheets. */
const isFormula = /^(?![+-]?\d+(\.\d+)?$)[=+\-@\t\r\n＝＋－＠]/u;
