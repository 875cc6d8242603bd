import { compileModule } from '@qualm/types/rows';
import { createPower, powerTables } from './power.ts';
import { powersModule } from './powers.generated.ts';

interface Global {
  readonly value: number;
}

/** What `assembly/powers.ts` exports. */
interface PowersExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly maxRows: Global;
  readonly maxNumbers: Global;
  readonly numbers: Global;
  readonly powers: Global;
  readonly factors: Global;
  readonly others: Global;
  readonly steps: Global;
  readonly scales: Global;
  readonly series: Global;
  raise(rows: number, columns: number): number;
}

/** Rows of float32 numbers to powers of them, `factor * createPower(exponent)(number)` to the last
 * bit: write `numbers` [rows, columns] and `factors` [rows], call `raise`, read `powers`.
 */
export interface RowPowers {
  readonly maxRows: number;
  readonly numbers: Float32Array;
  readonly factors: Float64Array;
  readonly powers: Float32Array;
  raise(rows: number, columns: number): void;
}

/** Null where WebAssembly cannot be had. */
export function createRowPowers(exponent: number): RowPowers | null {
  const exports = compileModule(powersModule)?.<PowersExports>();
  if (!exports) return null;
  const { buffer } = exports.memory;
  const [rows, length] = [exports.maxRows.value, exports.maxNumbers.value];
  const numbers = new Float32Array(buffer, exports.numbers.value, length);
  const powers = new Float32Array(buffer, exports.powers.value, length);
  const factors = new Float64Array(buffer, exports.factors.value, rows);
  const others = new Uint32Array(buffer, exports.others.value, length / 4 + rows);
  const power = createPower(exponent);
  writeTables(exports, exponent);

  return {
    ...{ maxRows: rows, numbers, factors, powers },
    raise: (rows, columns) => {
      const count = exports.raise(rows, columns);
      for (let i = 0; i < count; i++) {
        const end = Math.min(others[i]! + 4, rows * columns);
        for (let at = others[i]!; at < end; at++) powers[at] = factors[Math.floor(at / columns)]! * power(numbers[at]!);
      }
    },
  };
}

function writeTables({ memory: { buffer }, ...at }: PowersExports, exponent: number): void {
  const { scales, inverses, powers, series } = powerTables(exponent);
  const steps = new Float64Array(buffer, at.steps.value, 2 * inverses.length);
  inverses.forEach((inverse, step) => steps.set([inverse, powers[step]!], 2 * step));
  new Float64Array(buffer, at.scales.value, scales.length).set(scales);
  new Float64Array(buffer, at.series.value, 2 * series.length).set(series.flatMap((term) => [term, term]));
}
