import { foreignFile } from './foreign-file.ts';

/** The text of a UTF-8 file, without its byte-order mark.
 * @throws SyntaxError that says what else it is, such as UTF-16, a web page or a Git LFS pointer.
 * @example decodeUtf8(Uint8Array.of(0xef, 0xbb, 0xbf, 0x41)) // 'A'
 */
export function decodeUtf8(bytes: Uint8Array): string {
  const foreign = foreignFile(bytes);
  if (foreign) throw new SyntaxError(`it is ${foreign.what}, expected text in UTF-8; ${foreign.advice}`);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new SyntaxError('it is not UTF-8; save it as UTF-8', { cause });
  }
}
