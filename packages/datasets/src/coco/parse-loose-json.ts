const longId = /"(?:image_)?id"\s*:\s*-?\d{16}/;
/** An id, a string, which is passed over whole, or what JSON has no number for. */
const token = /("(?:image_)?id"\s*:\s*)(-?\d{16,})(?=\s*[,}])|"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/g;

/** JSON as Python and databases write it: NaN and infinities become texts, and so do the digits of
 * `id` and `image_id` where a number cannot hold them.
 * @throws SyntaxError
 * @example parseLooseJson('{"id": 9007199254740993, "area": NaN}') // { id: '9007199254740993', area: 'NaN' }
 */
export function parseLooseJson(text: string): unknown {
  if (longId.test(text)) return JSON.parse(quoteTokens(text));
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!/NaN|Infinity/.test(text)) throw error;
    return JSON.parse(quoteTokens(text));
  }
}

function quoteTokens(text: string): string {
  return text.replace(token, (whole, key: string | undefined, digits: string) => {
    if (key !== undefined) return Number.isSafeInteger(Number(digits)) ? whole : `${key}"${digits}"`;
    return whole.startsWith('"') ? whole : `"${whole}"`;
  });
}
