import { QualmError } from '@qualm/types';

/** A name as Spark reads it whatever is in it: in backticks, those within doubled.
 * @example quoteName('my `table`') // '`my ``table```'
 */
export function quoteName(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}

/** The parts of a table's name as it is written in SQL: words with dots between them, or parts in
 * backticks.
 * @throws QualmError `options-invalid` for what is no name.
 * @example tableParts('db.`my table`') // ['db', 'my table']
 */
export function tableParts(where: string, name: string): readonly string[] {
  const parts: string[] = [];
  const part = /(?:`((?:[^`]|``)+)`|([^`.]+))(\.|$)/y;
  while (part.lastIndex < name.length) {
    const found = part.exec(name);
    if (!found || (found[3] === '.' && part.lastIndex === name.length)) throw noName(where, name);
    parts.push(found[1]?.replaceAll('``', '`') ?? found[2]!);
  }
  if (parts.length === 0) throw noName(where, name);
  return parts;
}

function noName(where: string, name: string): QualmError {
  return new QualmError(
    'options-invalid',
    `${where}: ${JSON.stringify(name)} is not the name of a table; ` +
      'expected a name such as photos, or db.photos; put a part with a dot or a backtick in it into backticks',
  );
}

/** A table's name in backticks, part by part.
 * @throws QualmError `options-invalid` for what is no name.
 */
export function quoteTable(where: string, name: string): string {
  return tableParts(where, name).map(quoteName).join('.');
}

/** A name beside a table's, in the same database. */
export function besideTable(where: string, name: string, last: string): string {
  return [...tableParts(where, name).slice(0, -1), last].map(quoteName).join('.');
}
