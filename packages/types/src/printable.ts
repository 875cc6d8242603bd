// Control characters of C0 and C1, and the marks that turn the direction of what follows them.
const controls = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** The text as it can be shown on a terminal: characters that would move the cursor, colour, or
 * hide what follows become escapes. A file may be called anything.
 * @example printable('a\u001b[2J.jpg') // 'a\\x1b[2J.jpg'
 */
export function printable(text: string): string {
  return text.replaceAll(controls, (character) => {
    const code = character.charCodeAt(0);
    return code < 256 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16)}`;
  });
}

/** The same for text of several lines. */
export function printableLines(text: string): string {
  return text.split('\n').map(printable).join('\n');
}
