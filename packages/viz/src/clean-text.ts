/** Text as lines that a picture can hold: control characters, lone halves of surrogate pairs and
 * the marks that turn the direction of what follows are left out, a tab is a space.
 * @example cleanLines('a\tb\r\n\u202Ec') // ['a b', 'c']
 */
export function cleanLines(text: string): string[] {
  return text.split(/\r\n|[\n\r\u2028\u2029]/).map(cleanLine);
}

function cleanLine(line: string): string {
  return line
    .replaceAll('\t', ' ')
    .replace(/[\p{Cc}\p{Cs}\u{FFFE}\u{FFFF}]/gu, '')
    .replace(/[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g, '');
}

/** Text for an XML attribute or element. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
