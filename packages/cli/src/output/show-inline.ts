import { readFile } from 'node:fs/promises';
import { terminalPicture } from '@qualm/viz';
import { terminalGraphics } from './terminal-graphics.ts';
import type { InlineChoice } from './terminal-graphics.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** Shows a picture in the terminal itself, where that can. */
export async function showInline(path: string | null, terminal: Terminal, asked: InlineChoice): Promise<void> {
  const graphics = path === null ? null : terminalGraphics(terminal, asked);
  if (path === null || !graphics) return;
  const shown = await terminalPicture(await readFile(path), graphics, { maxWidth: 800, maxHeight: 600 });
  terminal.stderr.write(`${shown}\n`);
}
