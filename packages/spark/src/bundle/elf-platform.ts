import { open } from 'node:fs/promises';

/** Which Linux a program or library is for, by its header: `linux-x64`; null for what is no file of
 * Linux (ELF), and `linux-?` for one of another machine.
 * @see https://refspecs.linuxfoundation.org/elf/gabi4+/ch4.eheader.html
 */
export async function elfPlatform(path: string): Promise<string | null> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(20), 0, 20, 0);
    if (bytesRead < 20 || buffer.readUInt32BE(0) !== 0x7f454c46) return null;
    return `linux-${machines[buffer.readUInt16LE(18)] ?? '?'}`;
  } finally {
    await file.close();
  }
}

const machines: Readonly<Record<number, string>> = { 0x3e: 'x64', 0xb7: 'arm64' };
