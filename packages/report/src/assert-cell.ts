import type { ReportCell, ReportOptions } from './report-cell.ts';

/** As many as the page has colours for. */
const mostLayers = 5;

/** @throws RangeError that says what is wrong with them. */
export function assertOptions({ strategies, layers = ['boxes'] }: ReportOptions): void {
  if (strategies.length === 0) throw new RangeError('createReport: no strategies; wanted one to sort by');
  if (layers.length < 1 || layers.length > mostLayers)
    throw new RangeError(`createReport: ${layers.length} layers; wanted 1 to ${mostLayers}`);
}

/** @throws RangeError that names the cell and what is wrong with it. */
export function assertCell(
  { id, label, second, values, deciding = [], width = 1, height = 1, region, boxes = [] }: ReportCell,
  { labels, strategies, layers = ['boxes'] }: ReportOptions,
  seen: Set<string>,
): void {
  const where = `createReport: cell ${JSON.stringify(id)}`;
  if (seen.size === seen.add(id).size) throw new RangeError(`${where} is there twice; wanted an id for each`);
  if (values.length !== strategies.length)
    throw new RangeError(`${where} has ${values.length} values for ${strategies.length} strategies`);
  if (deciding.length > 0 && deciding.length !== strategies.length)
    throw new RangeError(`${where} has ${deciding.length} boxes that decide for ${strategies.length} strategies`);
  for (const place of [
    ...[{ label, second }, ...deciding].flatMap((one) => [one.label, one.second]),
    ...boxes.map((box) => box.label),
  ])
    if (place !== undefined && !isPlace(place, labels))
      throw new RangeError(`${where}: class ${place} is none; wanted a place in labels, 0 to ${labels.length - 1}`);
  for (const { layer = 0 } of boxes)
    if (!isPlace(layer, layers))
      throw new RangeError(`${where}: layer ${layer} is none; wanted a place in layers, 0 to ${layers.length - 1}`);
  if (!(width > 0 && height > 0)) throw new RangeError(`${where}: its image is ${width} x ${height} pixels`);
  if (region && !(region.width > 0 && region.height > 0))
    throw new RangeError(`${where}: its region is ${region.width} x ${region.height} pixels`);
}

function isPlace(place: number, list: readonly unknown[]): boolean {
  return Number.isInteger(place) && place >= 0 && place < list.length;
}
