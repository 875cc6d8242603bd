import { Mask } from '@qualm/types';
import type { DuckDb } from '../engine/load-duckdb.ts';
import { isNull, readNulls } from './nulls.ts';
import { readNumberLists, readNumbers } from './read-number-lists.ts';
import type { ScalarDefinition } from './scalar-definition.ts';
import { writeDoubles } from './write-doubles.ts';

/** What is computed of masks: `STRUCT(height INTEGER, width INTEGER, counts INTEGER[])` with the
 * counts of COCO's RLE, lengths of runs along the columns, zeros first. */
export function maskFunctions(lib: DuckDb): ScalarDefinition[] {
  const { STRUCT, DOUBLE, LIST, bindings } = lib;
  return [
    {
      name: 'mask_area',
      parameters: [STRUCT({ height: DOUBLE, width: DOUBLE, counts: LIST(DOUBLE) })],
      returns: DOUBLE,
      run: (chunk, output) => {
        const { rowCount } = chunk;
        const vector = bindings.data_chunk_get_vector(chunk.chunk, 0);
        const children = [0, 1, 2].map((index) => bindings.struct_vector_get_child(vector, index));
        const heights = readNumbers(lib, children[0]!, rowCount, Float64Array);
        const widths = readNumbers(lib, children[1]!, rowCount, Float64Array);
        const { values, offsets, nulls } = readNumberLists(lib, children[2]!, rowCount, {
          type: 'DOUBLE[]',
          ofNull: 'null',
        });
        const bits = [vector, children[0]!, children[1]!].map((one) => readNulls(lib, one, rowCount));
        const areas = new Float64Array(rowCount);
        for (let row = 0; row < rowCount; row++) {
          if (bits.some((one) => isNull(one, row))) nulls[row] = 1;
          if (nulls[row]) continue;
          const counts = values.subarray(offsets[row]!, offsets[row + 1]!);
          areas[row] = areaOf(counts, widths[row]!, heights[row]!);
        }
        writeDoubles(output, areas, nulls);
      },
    },
  ];
}

function areaOf(counts: ArrayLike<number>, width: number, height: number): number {
  try {
    return Mask.fromCocoRle(counts, { width, height }).area;
  } catch (cause) {
    throw new RangeError(`mask_area: ${(cause as Error).message}`, { cause });
  }
}
