import type { DuckDBDataChunk } from '@duckdb/node-api';
import { iouOfEdges } from '@qualm/types/rows';
import type { DuckDb } from '../engine/load-duckdb.ts';
import { assertBoxes, boxParameter, boxType, readBoxes, writeBoxes } from './box-columns.ts';
import type { BoxColumn } from './box-columns.ts';
import { nullRows } from './null-rows.ts';
import { readNumbers } from './read-number-lists.ts';
import type { ScalarDefinition } from './scalar-definition.ts';
import { writeDoubles } from './write-doubles.ts';

type Four = readonly [Float64Array, Float64Array, Float64Array, Float64Array];

/** Boxes and what is computed of them, in float64, as `Box2d` does. A NULL gives NULL; what is not
 * a box is an error.
 */
export function boxFunctions(lib: DuckDb): ScalarDefinition[] {
  return [
    boxMaker(lib, 'box2d', ([xmin, ymin, xmax, ymax], row) => [xmin[row]!, ymin[row]!, xmax[row]!, ymax[row]!]),
    boxMaker(lib, 'box2d_from_top_left', ([x, y, width, height], row) => [
      x[row]!,
      y[row]!,
      x[row]! + width[row]!,
      y[row]! + height[row]!,
    ]),
    boxMaker(lib, 'box2d_from_center', ([cx, cy, width, height], row) => [
      cx[row]! - width[row]! / 2,
      cy[row]! - height[row]! / 2,
      cx[row]! + width[row]! / 2,
      cy[row]! + height[row]! / 2,
    ]),
    areaFunction(lib),
    iouFunction(lib),
    intersectionFunction(lib),
  ];
}

function boxMaker(
  lib: DuckDb,
  name: string,
  edgesOf: (numbers: Four, row: number) => readonly [number, number, number, number],
): ScalarDefinition {
  const { DOUBLE } = lib;
  return {
    name,
    parameters: [DOUBLE, DOUBLE, DOUBLE, DOUBLE],
    returns: boxType(lib),
    run: (chunk, output) => {
      const numbers = [0, 1, 2, 3].map((column) => readDoubles(lib, chunk, column)) as unknown as Four;
      const boxes = emptyBoxes(nullRows(lib, chunk, [0, 1, 2, 3]));
      for (let row = 0; row < chunk.rowCount; row++) setBox(boxes, row, edgesOf(numbers, row));
      assertBoxes(boxes, name);
      writeBoxes(output, boxes);
    },
  };
}

function areaFunction(lib: DuckDb): ScalarDefinition {
  return {
    name: 'area',
    parameters: [boxParameter(lib)],
    returns: lib.DOUBLE,
    run: (chunk, output) => {
      const boxes = readBoxes(lib, chunk, 0, 'area');
      writeDoubles(
        output,
        Float64Array.from({ length: chunk.rowCount }, (_, row) => areaAt(boxes, row)),
        boxes.nulls,
      );
    },
  };
}

function iouFunction(lib: DuckDb): ScalarDefinition {
  return {
    name: 'iou',
    parameters: [boxParameter(lib), boxParameter(lib)],
    returns: lib.DOUBLE,
    run: (chunk, output) => {
      const [a, b] = [readBoxes(lib, chunk, 0, 'iou'), readBoxes(lib, chunk, 1, 'iou')];
      const ious = new Float64Array(chunk.rowCount);
      for (let row = 0; row < ious.length; row++) ious[row] = iouAt(a, b, row);
      writeDoubles(output, ious, eitherNull(a, b));
    },
  };
}

function intersectionFunction(lib: DuckDb): ScalarDefinition {
  return {
    name: 'intersection',
    parameters: [boxParameter(lib), boxParameter(lib)],
    returns: boxType(lib),
    run: (chunk, output) => {
      const [a, b] = [readBoxes(lib, chunk, 0, 'intersection'), readBoxes(lib, chunk, 1, 'intersection')];
      const shared = emptyBoxes(eitherNull(a, b));
      for (let row = 0; row < chunk.rowCount; row++) {
        const xmin = Math.max(a.xmin[row]!, b.xmin[row]!);
        const ymin = Math.max(a.ymin[row]!, b.ymin[row]!);
        const xmax = Math.min(a.xmax[row]!, b.xmax[row]!);
        const ymax = Math.min(a.ymax[row]!, b.ymax[row]!);
        setBox(shared, row, [xmin, ymin, xmax, ymax]);
        if (!(xmin < xmax && ymin < ymax)) shared.nulls[row] = 1;
      }
      writeBoxes(output, shared);
    },
  };
}

function areaAt({ xmin, ymin, xmax, ymax }: BoxColumn, row: number): number {
  return (xmax[row]! - xmin[row]!) * (ymax[row]! - ymin[row]!);
}

function iouAt(a: BoxColumn, b: BoxColumn, row: number): number {
  return iouOfEdges(
    a.xmin[row]!,
    a.ymin[row]!,
    a.xmax[row]!,
    a.ymax[row]!,
    b.xmin[row]!,
    b.ymin[row]!,
    b.xmax[row]!,
    b.ymax[row]!,
  );
}

function eitherNull(a: BoxColumn, b: BoxColumn): Uint8Array {
  return a.nulls.map((one, row) => one | b.nulls[row]!);
}

function readDoubles(lib: DuckDb, { chunk, rowCount }: DuckDBDataChunk, column: number): Float64Array {
  return readNumbers(lib, lib.bindings.data_chunk_get_vector(chunk, column), rowCount, Float64Array);
}

function emptyBoxes(nulls: Uint8Array): BoxColumn {
  const { length } = nulls;
  return {
    xmin: new Float64Array(length),
    ymin: new Float64Array(length),
    xmax: new Float64Array(length),
    ymax: new Float64Array(length),
    nulls,
  };
}

/** Edges are FLOAT in a box, so a number that is too large for one is none here either. */
function setBox(boxes: BoxColumn, row: number, [xmin, ymin, xmax, ymax]: readonly number[]): void {
  boxes.xmin[row] = Math.fround(xmin!);
  boxes.ymin[row] = Math.fround(ymin!);
  boxes.xmax[row] = Math.fround(xmax!);
  boxes.ymax[row] = Math.fround(ymax!);
}
