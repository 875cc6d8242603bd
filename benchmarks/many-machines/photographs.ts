import { copyFileSync, linkSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Fills a folder with so many photographs: the first 200 of another, again and again under other
 * names. */
export function photographs(from: string, folder: string, count: number): string {
  const names = readdirSync(from).sort().slice(0, 200);
  mkdirSync(folder, { recursive: true });
  for (let i = 0; i < count; i++) {
    const name = names[i % names.length]!;
    const again = Math.floor(i / names.length);
    linkOrCopy(join(from, name), join(folder, `${again}-${name}`));
  }
  return folder;
}

function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to);
  }
}
