/** Distinct values, ascending, and each value's place among them: a dictionary column of integers.
 * Null where indexes would not pay: a negative value, or one past 65535.
 */
export interface IndexedValues {
  readonly distinct: Int32Array;
  readonly indexes: Int32Array;
}

const largest = 65535;

export function indexByValue(values: Int32Array): IndexedValues | null {
  let max = -1;
  for (const value of values) {
    if (value < 0 || value > largest) return null;
    if (value > max) max = value;
  }
  const place = new Int32Array(max + 1);
  for (const value of values) place[value] = 1;
  const distinct = Int32Array.from(place.keys()).filter((value) => place[value] === 1);
  distinct.forEach((value, index) => (place[value] = index));
  const indexes = new Int32Array(values.length);
  for (let i = 0; i < values.length; i++) indexes[i] = place[values[i]!]!;
  return { distinct, indexes };
}
