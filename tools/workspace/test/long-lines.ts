const unbreakable = /`[^`]+`|!\[[^\]]*\]\([^)]*\)|\]\([^)]*\)/g;
const marker = /^\s*(?:[-*]|\d+\.|>|#+)?\s*/;

/** Lines of Markdown beyond a width that could break: not code, tables, pictures or addresses. */
export function longLines(markdown: string, width: number): readonly string[] {
  const prose = markdown.replaceAll(/^( *)(```|~~~)[^]*?^\1\2$/gm, '').split('\n');
  return prose.filter((line) => [...line].length > width && !/^(?: {4}| *\|)/.test(line) && canBreak(line));
}

function canBreak(line: string): boolean {
  const joined = line.replace(marker, '').replaceAll(unbreakable, (text) => text.replaceAll(' ', '_'));
  return joined.includes(' ');
}
