/** A node of the parser's tree: what it is and its fields. */
export interface SyntaxNode {
  readonly kind: string;
  readonly fields: Fields;
}

export type Fields = Readonly<Record<string, unknown>>;

/** Fields that say how a thing was written, not what it means. */
const spelling = new Set(
  `alias_explicit_as alias_first alias_keyword column comments double_colon_syntax end_side_text explicit_asc from_for_syntax
   inferred_type kind_text leading_comments line nesting_group no_parens original_name position_explicit quoted span
   sql_standard_syntax start_side_text trailing_comments use_inner_keyword use_outer_keyword use_plural post_alias_comments post_select_comments
   pre_alias_comments operator_comments left_comments`.split(/\s+/),
);

/** @throws TypeError for a value that is not a node. */
export function nodeOf(value: unknown): SyntaxNode {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    const [entry, ...more] = Object.entries(value);
    if (entry && more.length === 0) return { kind: entry[0], fields: (entry[1] ?? {}) as Fields };
  }
  throw new TypeError(`spark: expected a node of the tree, came ${JSON.stringify(value)?.slice(0, 80)}`);
}

/** The nodes in a field that holds a list; none where it is empty. */
export function nodesOf(value: unknown): readonly SyntaxNode[] {
  return Array.isArray(value) ? value.map(nodeOf) : [];
}

/** The node in a field that may be empty. */
export function optionalNode(value: unknown): SyntaxNode | null {
  return value === null || value === undefined ? null : nodeOf(value);
}

/** Names of fields that have a value and that the reader does not know. */
export function unknownFields(fields: Fields, known: readonly string[]): readonly string[] {
  return Object.keys(fields).filter((name) => !known.includes(name) && !spelling.has(name) && !isEmpty(fields[name]));
}

/** True for a field that says nothing. */
export function isEmpty(value: unknown): boolean {
  return (
    value === null ||
    value === undefined ||
    value === false ||
    value === '' ||
    (Array.isArray(value) && value.length === 0)
  );
}

/** The first place that is known within a tree: of a name, or of a call or a literal by
 * `placeOfMark`.
 */
export function firstPlace(value: unknown, placeOfMark: (mark: string) => number | null): Place | null {
  if (typeof value !== 'object' || value === null) return null;
  const fields = value as Fields;
  const span = fields['span'] as { readonly start?: number } | null | undefined;
  if (typeof span?.start === 'number') return { marked: span.start };
  for (const mark of [fields['name'], fields['value']]) {
    const own = typeof mark === 'string' ? placeOfMark(mark) : null;
    if (own !== null) return { own };
  }
  for (const field of Object.values(fields)) {
    const found = firstPlace(field, placeOfMark);
    if (found) return found;
  }
  return null;
}

/** A place in the marked text or in the text before. */
export type Place = { readonly marked: number } | { readonly own: number };
