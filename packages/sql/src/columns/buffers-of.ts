import type { ColumnData } from './column-data.ts';

/** The memory of columns, which may travel without a copy. */
export function buffersOf(columns: readonly ColumnData[]): readonly ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>();
  const add = (array: { readonly buffer: ArrayBufferLike } | undefined): void => {
    if (array) buffers.add(array.buffer as ArrayBuffer);
  };
  const visit = (data: ColumnData): void => {
    if (data.kind === 'values') return;
    add(data.valid);
    if (data.kind === 'numbers') add(data.values);
    if (data.kind === 'struct') data.children.forEach(visit);
    if (data.kind !== 'list') return;
    add(data.starts);
    add(data.lengths);
    visit(data.child);
  };
  columns.forEach(visit);
  return [...buffers];
}
