/** The type of a column, read from what DuckDB calls it. */
export type ValueType =
  | { readonly kind: 'plain'; readonly name: string }
  | { readonly kind: 'list'; readonly of: ValueType }
  | { readonly kind: 'struct'; readonly fields: readonly NamedType[] }
  | { readonly kind: 'map'; readonly key: ValueType; readonly value: ValueType };

/** A field of a struct. */
export interface NamedType {
  readonly name: string;
  readonly type: ValueType;
}

/** The type that DuckDB writes so; what is not a list, struct or map is plain, with its name in
 * capitals.
 * @example valueType('STRUCT(score FLOAT)[]') // { kind: 'list', of: { kind: 'struct', fields: [...] } }
 */
export function valueType(text: string): ValueType {
  const tokens = text.match(/"(?:[^"]|"")*"|'(?:[^']|'')*'|[\p{L}\p{N}_$.]+|[^\s]/gu) ?? [];
  let at = 0;
  const take = (token: string): boolean => tokens[at] === token && at++ >= 0;
  const type = (): ValueType => {
    let found = single();
    while (take('[')) {
      while (at < tokens.length && !take(']')) at++;
      found = { kind: 'list', of: found };
    }
    return found;
  };
  const listed = <T>(item: () => T): T[] => {
    const items: T[] = [];
    while (at < tokens.length && !take(')')) {
      items.push(item());
      take(',');
    }
    return items;
  };
  const single = (): ValueType => {
    const name = (tokens[at++] ?? '').toUpperCase();
    if (name === 'STRUCT' && take('(')) {
      return { kind: 'struct', fields: listed(() => ({ name: unquoted(tokens[at++] ?? ''), type: type() })) };
    }
    if (name === 'MAP' && take('(')) {
      const [key = unknown, value = unknown] = listed(type);
      return { kind: 'map', key, value };
    }
    return { kind: 'plain', name: plainName(name) };
  };
  const plainName = (first: string): string => {
    let name = first;
    if (take('(')) skipToClosing();
    while (/^[\p{L}]/u.test(tokens[at] ?? '')) name += ` ${tokens[at++]!.toUpperCase()}`;
    return name;
  };
  const skipToClosing = (): void => {
    for (let depth = 1; depth > 0 && at < tokens.length; at++) {
      if (tokens[at] === '(') depth++;
      if (tokens[at] === ')') depth--;
    }
  };
  return type();
}

const unknown: ValueType = { kind: 'plain', name: '' };

function unquoted(name: string): string {
  return name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name;
}

const numberNames = /^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL)$/;

/** True where values of the type are numbers. */
export function isNumeric(type: ValueType): boolean {
  return type.kind === 'plain' && numberNames.test(type.name);
}

/** True for a struct that has these fields and perhaps others. */
export function hasFields(type: ValueType, ...names: readonly string[]): boolean {
  return type.kind === 'struct' && names.every((name) => type.fields.some((field) => field.name === name));
}

/** The type of a field; plain without a name where there is none. */
export function fieldType(type: ValueType, name: string): ValueType {
  const field = type.kind === 'struct' ? type.fields.find((field) => field.name === name) : undefined;
  return field?.type ?? unknown;
}

/** What ML_PREDICT knows an image by. */
export function isImageType(type: ValueType): boolean {
  return type.kind === 'struct' && type.fields.length === 2 && hasFields(type, 'uri', 'data');
}

/** A box with its four edges. */
export function isBoxType(type: ValueType): boolean {
  return hasFields(type, 'xmin', 'ymin', 'xmax', 'ymax');
}

/** A box with a label, and one score or many. */
export function isDetectionType(type: ValueType): boolean {
  return isBoxType(fieldType(type, 'box')) && (hasFields(type, 'score') || hasFields(type, 'scores'));
}
