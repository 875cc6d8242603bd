import {
  createEntropy,
  createGini,
  createLeastConfidence,
  entropy,
  gini,
  leastConfidence,
  margin,
  perLabel,
  presence,
  ratio,
} from '@qualm/strategies';
import type { Strategy } from '@qualm/types';
import type { DuckDBDataChunk } from '@duckdb/node-api';
import type { DuckDb } from '../engine/load-duckdb.ts';
import { createScoreFunction, createScoreFunctions } from './create-score-function.ts';
import type { ScoreDefinition } from './create-score-function.ts';
import type { ScalarDefinition } from './scalar-definition.ts';
import { scoreRows } from './score-rows.ts';

/** The name of what the macro `entropy` calls: DuckDB has an aggregate `entropy`, beside which no
 * function can stand.
 */
export const entropyFunctionName = 'score_entropy';

const plain: Readonly<Record<string, Strategy>> = {
  margin,
  ratio,
  presence,
  least_confidence: leastConfidence,
  gini,
  label_entropy: perLabel(entropy, { combine: 'sum' }),
  label_margin: perLabel(margin, { combine: 'least-sure' }),
  normalized_least_confidence: createLeastConfidence({ normalized: true }),
  normalized_entropy: createEntropy({ normalized: true }),
  normalized_gini: createGini({ normalized: true }),
};

type Option = boolean | number;

/** The strategies of qualm over lists of scores. */
export function strategyFunctions(lib: DuckDb): ScalarDefinition[] {
  return [
    ...Object.entries(plain).flatMap(([name, strategy]) => createScoreFunction(lib, name, strategy)),
    ...createScoreFunctions(
      lib,
      'least_confidence',
      withOptions(['BOOLEAN'], ([normalized]) => createLeastConfidence({ normalized: normalized === true })),
    ),
    ...createScoreFunctions(
      lib,
      'gini',
      withOptions(['BOOLEAN'], ([normalized]) => createGini({ normalized: normalized === true })),
    ),
    ...createScoreFunctions(lib, entropyFunctionName, withOptions(['BOOLEAN', 'DOUBLE', 'BOOLEAN'], entropyOf)),
  ];
}

function entropyOf([normalized, base, renormalize]: readonly Option[]): Strategy {
  if (!(Number(base) > 0 && base !== 1 && Number(base) < Infinity)) {
    throw new RangeError(`entropy: base is ${base}; expected a positive number other than 1`);
  }
  return createEntropy({ normalized: normalized === true, base: Number(base), renormalize: renormalize === true });
}

function withOptions(
  parameters: ScoreDefinition['parameters'],
  strategyOf: (options: readonly Option[]) => Strategy,
): ScoreDefinition {
  return {
    parameters,
    scoreChunk: ({ values, offsets }, chunk) => {
      const result = new Float64Array(chunk.rowCount);
      for (const { from, to, options } of runsOfOptions(chunk, parameters.length)) {
        if (options.includes(null)) continue;
        const strategy = strategyOf(options as readonly Option[]);
        result.set(scoreRows(strategy, values, offsets.subarray(from, to + 1)), from);
      }
      return result;
    },
  };
}

interface OptionsRun {
  readonly from: number;
  readonly to: number;
  readonly options: readonly (Option | null)[];
}

/** Stretches of rows whose options are the same: in most calls all rows. */
function runsOfOptions(chunk: DuckDBDataChunk, count: number): OptionsRun[] {
  const vectors = Array.from({ length: count }, (_, index) => chunk.getColumnVector(index + 1));
  const optionsAt = (row: number): (Option | null)[] => vectors.map((vector) => vector.getItem(row) as Option | null);
  const runs: OptionsRun[] = [];
  for (let from = 0; from < chunk.rowCount;) {
    const options = optionsAt(from);
    let to = from + 1;
    while (to < chunk.rowCount && vectors.every((vector, index) => Object.is(vector.getItem(to), options[index]))) to++;
    runs.push({ from, to, options });
    from = to;
  }
  return runs;
}
