import { measureText } from '../measure-text.ts';
import { fitOneLine, nameText, textSize } from './chart-text.ts';

/** Names of classes for an axis: one line each, cut where they are wider than their room, and told
 * apart by their number where they are alike.
 * @param room in pixels
 * @example axisNames(['cat', 'cat'], 100) // ['cat #0', 'cat #1']
 */
export function axisNames(names: readonly string[], room: number): string[] {
  const numbered = new Set<number>();
  for (;;) {
    const shown = names.map((name, index) => axisName(name, room, numbered.has(index) ? ` #${index}` : ''));
    const count = new Map<string, number>();
    for (const name of shown) count.set(name, (count.get(name) ?? 0) + 1);
    const before = numbered.size;
    shown.forEach((name, index) => count.get(name)! > 1 && numbered.add(index));
    if (numbered.size === before) return shown;
  }
}

/** How wide the widest of them is. */
export function widestOf(names: readonly string[], fontSize: number = textSize): number {
  return names.reduce((widest, name) => Math.max(widest, measureText(name, fontSize)), 0);
}

function axisName(name: string, room: number, number: string): string {
  return fitOneLine(nameText(name), room - measureText(number, textSize)) + number;
}
