import { InvalidArgumentError } from '@commander-js/extra-typings';

/** A function of somebody's that statements can call. */
export interface NamedFunction {
  readonly name: string;
  /** A module and its export: `./mine.ts#score`. */
  readonly place: string;
}

/** Reads `name=./mine.ts#score`; for commander's `argParser`. Without a name it is that of the
 * export.
 * @example namedFunction('./mine.ts#spread') // { name: 'spread', place: './mine.ts#spread' }
 */
export function namedFunction(text: string): NamedFunction {
  const [, given, place = text] = /^([A-Za-z]\w{0,254})=(.+)$/.exec(text) ?? [];
  const name = given ?? place.split('#')[1] ?? '';
  if (/^[a-z_]\w{0,254}$/i.test(name)) return { name, place };
  throw new InvalidArgumentError('expected name=./mine.ts#score, with a name of letters, digits and _, a letter first');
}

/** Adds a function to those before. */
export function addFunction(text: string, before: readonly NamedFunction[] | undefined): readonly NamedFunction[] {
  return [...(before ?? []), namedFunction(text)];
}
