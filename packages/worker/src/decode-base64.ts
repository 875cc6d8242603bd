import { QualmError } from '@qualm/types';

/** The bytes that a text is the base64 of; line breaks in it are passed over.
 * @throws QualmError `image-invalid` for any other character, and where its end is missing.
 */
export function decodeBase64(text: string): Uint8Array {
  const decoded = exactly(text) ?? exactly(text.replace(/\s+/g, ''));
  if (decoded) return decoded;
  throw new QualmError(
    'image-invalid',
    `request: \`bytes\` is ${text.length === 0 ? 'empty' : `a text of ${text.length} characters that is not base64`}; expected an encoded image in base64`,
  );
}

/** Node passes over what is not base64, and so gives fewer bytes. */
function exactly(text: string): Uint8Array | null {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const characters = text.length - padding;
  if (characters === 0 || characters % 4 === 1 || (padding > 0 && text.length % 4 !== 0)) return null;
  const bytes = Buffer.from(text, 'base64');
  return bytes.length === Math.floor((characters * 3) / 4) ? bytes : null;
}
