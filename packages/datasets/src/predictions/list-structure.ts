import type { SchemaTree } from 'hyparquet';
import { getMaxDefinitionLevel, getTreePath } from 'hyparquet/src/schema.js';
import type { LeafPage } from '../parquet/read-leaf.ts';

/** Elements of each row of a list column; -1 where the list is null. */
export function listCounts(schema: SchemaTree, list: string, path: readonly string[], pages: LeafPage[]): number[] {
  const { defined, present } = listLevels(schema, list, path);
  const counts: number[] = [];
  for (const { values, definitionLevels, repetitionLevels } of pages) {
    const slots = repetitionLevels.length || definitionLevels.length || values.length;
    for (let slot = 0; slot < slots; slot++) {
      const level = definitionLevels.length > 0 ? definitionLevels[slot]! : Infinity;
      if (repetitionLevels[slot] === 0) counts.push(level < defined ? -1 : level < present ? 0 : 1);
      else counts[counts.length - 1]!++;
    }
  }
  return counts;
}

/** What each element of a list column has in one of its fields, row by row: null for a missing
 * value, no element where the list is empty or null.
 */
export function listValues(schema: SchemaTree, list: string, path: readonly string[], pages: LeafPage[]): unknown[][] {
  const { present } = listLevels(schema, list, path);
  const known = getMaxDefinitionLevel(getTreePath(schema, [...path]));
  const rows: unknown[][] = [];
  for (const { values, definitionLevels, repetitionLevels } of pages) {
    let next = 0;
    for (let slot = 0; slot < repetitionLevels.length; slot++) {
      const level = definitionLevels.length > 0 ? definitionLevels[slot]! : known;
      if (repetitionLevels[slot] === 0) rows.push([]);
      if (level >= present) rows.at(-1)!.push(level === known ? values[next++] : null);
    }
  }
  return rows;
}

/** The one length that all lists inside the boxes have, or null where they differ. */
export function vectorLength(
  schema: SchemaTree,
  path: readonly string[],
  pages: readonly LeafPage[],
  boxes: number,
): number | null {
  if (boxes === 0) return 0;
  const present = getMaxDefinitionLevel(getTreePath(schema, [...path]));
  const total = pages.reduce((sum, { values }) => sum + values.length, 0);
  const length = total / boxes;
  let position = 0;
  for (const { definitionLevels, repetitionLevels } of pages) {
    for (let slot = 0; slot < repetitionLevels.length; slot++) {
      if (definitionLevels.length > 0 && definitionLevels[slot]! < present) continue;
      if (repetitionLevels[slot]! < 2 && position % length !== 0) return null;
      position++;
    }
  }
  return Number.isInteger(length) ? length : null;
}

/** Definition levels from which a list is there, and from which it has an element. */
function listLevels(schema: SchemaTree, list: string, path: readonly string[]): { defined: number; present: number } {
  let level = 0;
  let defined = 0;
  for (const { element } of getTreePath(schema, [...path]).slice(1)) {
    if (element.repetition_type !== 'REQUIRED') level++;
    if (element.name === list) defined = level;
    if (element.repetition_type === 'REPEATED') return { defined, present: level };
  }
  return { defined, present: level };
}
