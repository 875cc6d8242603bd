import sharp from 'sharp';
import { assertChoice, assertIterable, assertNumber, assertOptions } from '@qualm/types';
import type { Size } from '@qualm/types';
import { assertSize } from './assert-picture.ts';
import { inkOn, parseColor } from './color.ts';
import type { Color } from './color.ts';
import { drawCell } from './contact-cell.ts';
import type { CellGeometry, ContactCell } from './contact-cell.ts';
import type { DrawOptions } from './draw.ts';
import { encode } from './encode.ts';
import { lineHeight } from './fit-text.ts';
import { mapInOrder } from './map-in-order.ts';

export interface ContactSheetOptions extends Omit<DrawOptions, 'background' | 'fontSize'> {
  readonly format: 'png' | 'jpeg';
  /** Of JPEG, 1..100; 90 when absent. */
  readonly quality?: number;
  /** Cells in a row; 5 when absent. */
  readonly columns?: number;
  /** Of each picture, captions not counted; 240 x 180 pixels when absent. */
  readonly cellSize?: Size;
  /** Between cells and around them, in pixels; 12 when absent. */
  readonly gap?: number;
  /** Lines of caption that every cell has room for; 2 when absent. */
  readonly captionLines?: number;
  /** Of captions, in pixels; 13 when absent. */
  readonly captionSize?: number;
  /** Of the sheet; nearly black when absent. Captions are black or white, whichever stands out. */
  readonly background?: Color;
}

/** Many small pictures on one sheet, row by row. Cells are taken from the iterable as they are
 * drawn, a few at a time, so only the sheet itself is held; a broken image becomes a cell that says
 * so.
 * @throws RangeError for no cells, sizes that are not positive, or a sheet of more than 65,535
 * pixels a side or 500 million in all: make several. Else as `render`.
 * @example await contactSheet(rows.map((row) => ({ image, box: row.box, caption: 'dog 0.31' })), { format: 'jpeg' })
 */
export async function contactSheet(
  cells: Iterable<ContactCell> | AsyncIterable<ContactCell>,
  options: ContactSheetOptions,
): Promise<Uint8Array> {
  assertIterable('contactSheet', 'its cells', cells, "cells, such as [{ image, caption: 'dog' }]", 'any');
  assertOptions('contactSheet', options, "{ format: 'jpeg' }");
  const {
    format,
    quality,
    columns = 5,
    cellSize,
    gap = 12,
    captionLines = 2,
    captionSize = 13,
    background = '#16181d',
    ...drawing
  } = options;
  assertChoice('contactSheet', 'format', format, ['png', 'jpeg']);
  assertNumber('contactSheet', 'captionSize', captionSize);
  const geometry = cellGeometry(cellSize ?? { width: 240, height: 180 }, captionLines, captionSize, background);
  assertWhole('columns', columns, 1);
  assertWhole('gap', gap, 0);
  const cell = { width: geometry.picture.width, height: geometry.picture.height + geometry.captionHeight };
  const pitch = { width: cell.width + gap, height: cell.height + gap };
  const width = gap + columns * pitch.width;
  const ground = parseColor(background).hex;
  const rows: Uint8Array[] = [];
  let count = 0;
  for await (const drawn of mapInOrder(cells, 4, (next) => drawCell(next, geometry, drawing))) {
    const column = count++ % columns;
    if (column === 0) rows.push(await emptyRow({ width, height: pitch.height }, rows.length + 1, gap, ground));
    paste(drawn, cell, rows.at(-1)!, width, gap + column * pitch.width);
  }
  if (count === 0) throw new RangeError('contactSheet: no cells; expected at least one');
  rows.push(await filled({ width, height: gap }, ground));
  const height = rows.reduce((sum, row) => sum + row.length, 0) / (3 * width);
  const sheet = sharp(Buffer.concat(rows), { raw: { width, height, channels: 3 }, limitInputPixels: false });
  return encode(sheet, { format, ...(quality !== undefined && { quality }) });
}

function cellGeometry(picture: Size, captionLines: number, fontSize: number, background: Color): CellGeometry {
  assertSize('contactSheet', picture);
  assertWhole('cellSize.width', picture.width, 1);
  assertWhole('cellSize.height', picture.height, 1);
  assertWhole('captionLines', captionLines, 0);
  const captionHeight = captionLines === 0 ? 0 : Math.ceil(captionLines * lineHeight * fontSize + fontSize / 2);
  const { hex } = parseColor(background);
  return { picture, captionHeight, fontSize, background: hex, ink: inkOn(hex) };
}

function emptyRow(size: Size, rowsThen: number, gap: number, background: Color): Promise<Uint8Array> {
  const height = rowsThen * size.height + gap;
  if (size.width > 65_535 || height > 65_535 || size.width * height > 500_000_000) {
    throw new RangeError(
      `contactSheet: ${size.width} x ${height} pixels are too many; make several sheets, or smaller cells`,
    );
  }
  return filled(size, background);
}

/** Rows of an empty sheet; none for a height of 0. */
async function filled({ width, height }: Size, background: Color): Promise<Uint8Array> {
  if (height === 0 || width === 0) return new Uint8Array();
  return sharp({ create: { width, height, channels: 3, background } })
    .raw()
    .toBuffer();
}

/** Copies a cell's rows into a row of the sheet, at the row's lower edge. */
function paste(cell: Uint8Array, size: Size, row: Uint8Array, width: number, left: number): void {
  const top = row.length / (3 * width) - size.height;
  for (let y = 0; y < size.height; y++) {
    row.set(cell.subarray(3 * y * size.width, 3 * (y + 1) * size.width), 3 * ((top + y) * width + left));
  }
}

function assertWhole(name: string, value: number, least: number): void {
  if (Number.isInteger(value) && value >= least) return;
  throw new RangeError(`contactSheet: ${name} is ${value}; expected a whole number from ${least}`);
}
