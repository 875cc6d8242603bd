import { readFileSync } from 'node:fs';

type Numbers = readonly (number | null)[];

/** What fixtures/composition/generate.py wrote; null for NaN. */
export interface Fixture {
  readonly versions: Readonly<Record<string, string>>;
  readonly rescaled: readonly {
    readonly name: string;
    readonly values: Numbers;
    readonly MinMaxScaler: Numbers;
    readonly StandardScaler: Numbers;
    readonly 'rankdata, nan_policy=omit': Numbers;
    readonly 'Series.rank(pct=True)': Numbers;
  }[];
  readonly combined: readonly {
    readonly columns: readonly Numbers[];
    readonly weights: readonly number[];
    readonly make_linear_combination: Numbers;
    readonly make_product: Numbers;
  }[];
  readonly knapsacks: readonly {
    readonly name: string;
    readonly values: Numbers;
    readonly costs: readonly number[];
    readonly budget: number;
    readonly milp: number;
  }[];
  readonly grouped: readonly {
    readonly values: Numbers;
    readonly groups: readonly number[];
    readonly classes: readonly number[];
    readonly count: number;
    readonly maxPerGroup: number;
    readonly maxPerClass: number;
    readonly 'pandas, groupby.head': readonly number[];
    readonly 'milp, groups': number;
    readonly 'milp, groups and classes': number;
  }[];
}

const file = new URL('../../fixtures/composition/composition.json', import.meta.url);
export const fixture = JSON.parse(readFileSync(file, 'utf8')) as Fixture;

export function numbersOf(values: Numbers): number[] {
  return values.map((value) => value ?? NaN);
}
