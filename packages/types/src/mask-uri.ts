const secret = /sig|token|credential|secret|passw|key|auth|policy|jwt|sas/i;
const longest = 40;

/** A URI as messages may show it: without user and password, and with `***` in the place of what
 * a query may keep secret: signatures, tokens, keys, and whatever is long. Text without a scheme
 * stays as it is.
 * @example maskUri('https://me:pw@a.org/b.jpg?id=7&X-Amz-Signature=3a5f') // 'https://a.org/b.jpg?id=7&X-Amz-Signature=***'
 */
export function maskUri(text: string): string {
  const found = /^([a-z][a-z\d+.-]+:\/\/)([^/?#]*)([^?#]*)(?:\?([^#]*))?/i.exec(text);
  if (!found || /^s3:/i.test(text)) return text;
  const [, scheme = '', authority = '', path = '', query] = found;
  const place = `${scheme}${authority.slice(authority.lastIndexOf('@') + 1)}${path}`;
  return query === undefined ? place : `${place}?${query.split('&').map(maskPart).join('&')}`;
}

function maskPart(part: string): string {
  const [name = '', ...values] = part.split('=');
  const value = values.join('=');
  if (values.length === 0) return name.length > longest ? '***' : name;
  return secret.test(name) || value.length > longest ? `${name}=***` : part;
}
