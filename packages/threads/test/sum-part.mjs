// A part that asks the service twice and adds up; it counts how often it was opened.
import { QualmError } from '@qualm/types';

let opened = 0;

export async function open(data, ask) {
  opened++;
  if (data === 'broken') throw new QualmError('spec-invalid', 'sum: nothing to add to');
  return async (ids) => {
    if (ids.length === 0) throw new QualmError('shape-mismatch', 'sum: of nothing');
    const told = await Promise.all(ids.map((id) => ask({ id })));
    const bytes = Uint8Array.of(told.reduce((sum, { id }) => sum + id, Number(data)));
    return { value: { bytes, opened, seen: told.at(-1).seen.length }, transfer: [bytes.buffer] };
  };
}
