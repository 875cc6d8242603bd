import { nodeOf } from './syntax-node.ts';
import type { SyntaxNode } from './syntax-node.ts';
import type { SparkWriter } from './writer.ts';

const maps = new Set(
  'map map_from_arrays map_from_entries map_concat map_filter transform_values transform_keys'.split(' '),
);
const arrays = new Set(
  `array array_append array_compact array_distinct array_except array_intersect array_prepend array_remove array_repeat array_sort
   array_union collect_list collect_set filter flatten map_entries map_keys map_values ml_predict sequence slice sort_array split
   transform zip_with`.split(/\s+/),
);
const dates = new Set(
  'to_date date_add date_sub add_months last_day next_day make_date current_date curdate trunc date'.split(' '),
);

/** True for what is surely a map by its text. */
export function isMap(node: SyntaxNode, writer: SparkWriter): boolean {
  return isCallOf(node, maps, writer) || isCastTo(node, 'map');
}

/** True for what is surely an array by its text. */
export function isArray(node: SyntaxNode, writer: SparkWriter): boolean {
  const name = callName(node, writer);
  return (name !== null && arrays.has(name)) || isCastTo(node, 'array');
}

/** True for what is surely a date by its text. */
export function isDate(node: SyntaxNode, writer: SparkWriter): boolean {
  if (node.kind === 'paren') return isDate(nodeOf(node.fields['this']), writer);
  if (node.kind === 'literal') return node.fields['literal_type'] === 'date';
  return isCallOf(node, dates, writer) || isCastTo(node, 'date');
}

/** The name of a call in lower case; null for another expression. */
export function callName(node: SyntaxNode, writer: SparkWriter): string | null {
  if (node.kind !== 'function' && node.kind !== 'aggregate_function') return null;
  return writer.name(node.fields['name']).toLowerCase();
}

function isCallOf(node: SyntaxNode, names: ReadonlySet<string>, writer: SparkWriter): boolean {
  const name = callName(node, writer);
  return name !== null && names.has(name);
}

function isCastTo(node: SyntaxNode, type: string): boolean {
  return node.kind === 'cast' && (node.fields['to'] as { readonly data_type?: string }).data_type === type;
}
