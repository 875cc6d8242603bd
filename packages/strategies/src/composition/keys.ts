import type { Column } from '@qualm/types';

/** A key for each row: of its group, or its class. Null, and NaN, for none. */
export type Keys = Column<string | number | null>;

export type Key = string | number | null;

/** The key of a row; null for anything else. */
export function keyAt(keys: Keys, row: number): Key {
  const key = keys.at(row);
  return key === undefined || Number.isNaN(key) ? null : key;
}
