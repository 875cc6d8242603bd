/** A text as a literal of Spark's SQL. Spark would put a setting's value in the place of `${name}`,
 * also within quotes, so no such thing is written.
 * @example textLiteral("it's") // "'it\\'s'"
 */
export function textLiteral(text: string): string {
  const escaped = text.replace(/[\\']/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\r', '\\r');
  return `'${escaped.replaceAll('${', '$\\u007b')}'`;
}
