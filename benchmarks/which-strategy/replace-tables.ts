import { readFileSync, writeFileSync } from 'node:fs';

/** Puts each table between `<!-- name -->` and `<!-- end -->` of a page.
 * @throws Error for a page without that place.
 */
export function replaceTables(path: string, tables: Readonly<Record<string, string>>): void {
  let text = readFileSync(path, 'utf8');
  for (const [name, table] of Object.entries(tables)) {
    const place = new RegExp(`(<!-- ${name} -->\n)[^]*?(\n<!-- end -->)`, 'u');
    if (!place.test(text)) throw new Error(`${path}: has no place for the table "${name}"`);
    text = text.replace(place, (_, before: string, after: string) => `${before}\n${table}\n${after}`);
  }
  writeFileSync(path, text);
}
