import { isUtf8 } from 'node:buffer';
import { foreignFile } from '@qualm/types';
import { parseLooseJson } from './parse-loose-json.ts';
import type { ElementsHandler } from './read-json-arrays.ts';

/** Takes the bytes of a JSON object in pieces. Both functions throw SyntaxError. */
export interface ArrayScanner {
  push(bytes: Buffer): void;
  finish(): Record<string, unknown>;
}

const batchBytes = 1 << 18;
const [quote, backslash, comma] = [0x22, 0x5c, 0x2c];
const [openBracket, closeBracket, openBrace, closeBrace] = [0x5b, 0x5d, 0x7b, 0x7d];

/** Cuts the text between elements of the named arrays, and leaves all checking of JSON itself to
 * its parser: elements are parsed in batches, and the rest of the text as one object that has `[]`
 * where they were.
 */
export function createArrayScanner(handlers: Readonly<Record<string, ElementsHandler>>): ArrayScanner {
  const skeleton: Buffer[] = [];
  let pieces: Buffer[] = [];
  let pieceBytes = 0;
  let depth = 0;
  let inString = false;
  let escaped = false;
  let keyPieces: Buffer[] | null = null;
  let key = '';
  let handler: ElementsHandler | null = null;
  let afterComma = false;
  let isFirst = true;

  function take(bytes: Buffer, from: number, to: number): void {
    if (to <= from) return;
    (handler ? pieces : skeleton).push(bytes.subarray(from, to));
    if (handler) pieceBytes += to - from;
  }

  function flush(ended: boolean): void {
    const elements = parseElements(key, Buffer.concat(pieces));
    if (elements.length === 0 && !(ended && !afterComma)) throw new SyntaxError(`an element of "${key}" is missing`);
    afterComma = !ended;
    pieces = [];
    pieceBytes = 0;
    handler!(elements);
  }

  function push(bytes: Buffer): void {
    if (isFirst) assertText(bytes);
    isFirst = false;
    let start = 0;
    let keyStart = 0;
    for (let i = 0; i < bytes.length; i++) {
      const byte = bytes[i]!;
      if (inString) {
        if (escaped) escaped = false;
        else if (byte === backslash) escaped = true;
        else if (byte === quote) {
          inString = false;
          if (keyPieces) {
            keyPieces.push(bytes.subarray(keyStart, i + 1));
            key = parseKey(Buffer.concat(keyPieces));
            keyPieces = null;
          }
        }
      } else if (byte === quote) {
        inString = true;
        if (depth === 1) {
          keyPieces = [];
          keyStart = i;
        }
      } else if (byte === openBracket || byte === openBrace) {
        depth++;
        if (depth === 2 && byte === openBracket && Object.hasOwn(handlers, key)) {
          take(bytes, start, i + 1);
          start = i + 1;
          handler = handlers[key]!;
          afterComma = false;
        }
      } else if (byte === closeBracket || byte === closeBrace) {
        depth--;
        if (depth === 1 && handler) {
          take(bytes, start, i);
          start = i;
          flush(true);
          handler = null;
        }
      } else if (byte === comma && depth === 2 && handler && pieceBytes + i - start >= batchBytes) {
        take(bytes, start, i);
        start = i + 1;
        flush(false);
      }
    }
    if (keyPieces) keyPieces.push(bytes.subarray(keyStart));
    take(bytes, start, bytes.length);
  }

  return {
    push,
    finish() {
      if (handler) throw new SyntaxError(`it ends inside of "${key}"`);
      return parseObject(Buffer.concat(skeleton));
    },
  };
}

function parseElements(key: string, text: Buffer): unknown[] {
  try {
    return parseLooseJson(`[${textOf(text)}]`) as unknown[];
  } catch (cause) {
    throw new SyntaxError(`in "${key}": ${(cause as Error).message}`, { cause });
  }
}

function parseKey(text: Buffer): string {
  return String(JSON.parse(textOf(text)));
}

function parseObject(text: Buffer): Record<string, unknown> {
  if (text.length === 0) throw new SyntaxError('it is empty');
  const value = parseLooseJson(textOf(text).replace(/^\ufeff/, ''));
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new SyntaxError(`it holds ${Array.isArray(value) ? 'an array' : JSON.stringify(value).slice(0, 40)}`);
}

function assertText(bytes: Buffer): void {
  const foreign = foreignFile(bytes);
  if (foreign) throw new SyntaxError(`it is ${foreign.what}, expected UTF-8; ${foreign.advice}`);
}

function textOf(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString();
  throw new SyntaxError('it is not UTF-8');
}
