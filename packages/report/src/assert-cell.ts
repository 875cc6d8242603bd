import type { ReportCell, ReportOptions } from './create-report.ts';

/** @throws RangeError that names the cell and what is wrong with it. */
export function assertCell(
  { id, label, second, values, thumbnail }: ReportCell,
  { labels, strategies }: ReportOptions,
  seen: Set<string>,
): void {
  const where = `createReport: cell ${JSON.stringify(id)}`;
  if (seen.size === seen.add(id).size) throw new RangeError(`${where} is there twice; wanted an id for each`);
  if (values.length !== strategies.length)
    throw new RangeError(`${where} has ${values.length} values for ${strategies.length} strategies`);
  for (const place of [label, second])
    if (place !== undefined && !(Number.isInteger(place) && place >= 0 && place < labels.length))
      throw new RangeError(`${where}: class ${place} is none; wanted a place in labels, 0 to ${labels.length - 1}`);
  if (thumbnail && !(thumbnail.width > 0 && thumbnail.height > 0))
    throw new RangeError(`${where}: its picture is ${thumbnail.width} x ${thumbnail.height} pixels`);
}
