import { closeSync, openSync, readSync } from 'node:fs';

/* The little of ELF that says which libraries a library needs.
 * @see https://refspecs.linuxfoundation.org/elf/gabi4+/contents.html
 */

const dynamicSection = 6;
const neededTag = 1n;

/** The libraries that a 64-bit library of Linux needs, by name; none for another file. Its code is
 * not read.
 * @example neededLibraries('libonnxruntime_providers_cuda.so') // ['libcublasLt.so.12', ...]
 */
export function neededLibraries(path: string): string[] {
  const file = openSync(path, 'r');
  const read = (at: number, length: number): Buffer => {
    const bytes = Buffer.alloc(length);
    return bytes.subarray(0, readSync(file, bytes, 0, length, at));
  };
  try {
    const header = read(0, 64);
    if (header.length < 64 || header.toString('latin1', 0, 6) !== '\x7fELF\x02\x01') return [];
    const [start, size, count] = [Number(header.readBigUInt64LE(40)), header.readUInt16LE(58), header.readUInt16LE(60)];
    const sections = Array.from({ length: count }, (_, at) => sectionAt(read(start + at * size, size)));
    const dynamic = sections.find(({ type }) => type === dynamicSection);
    const names = dynamic && sections[dynamic.link];
    return dynamic && names ? neededOf(read(dynamic.offset, dynamic.size), read(names.offset, names.size)) : [];
  } catch (error) {
    if (error instanceof RangeError) return [];
    throw error;
  } finally {
    closeSync(file);
  }
}

interface Section {
  readonly type: number;
  readonly offset: number;
  readonly size: number;
  /** The section of its names. */
  readonly link: number;
}

function sectionAt(bytes: Buffer): Section {
  return {
    type: bytes.readUInt32LE(4),
    offset: Number(bytes.readBigUInt64LE(24)),
    size: Number(bytes.readBigUInt64LE(32)),
    link: bytes.readUInt32LE(40),
  };
}

function neededOf(dynamic: Buffer, names: Buffer): string[] {
  const needed: string[] = [];
  for (let at = 0; at + 16 <= dynamic.length; at += 16) {
    if (dynamic.readBigUInt64LE(at) !== neededTag) continue;
    const from = Number(dynamic.readBigUInt64LE(at + 8));
    needed.push(names.toString('latin1', from, names.indexOf(0, from)));
  }
  return needed;
}
