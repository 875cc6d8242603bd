/** A column on its way between threads: flat memory where DuckDB has flat memory. A missing `valid`
 * says that no row is NULL.
 */
export type ColumnData =
  | { readonly kind: 'numbers'; readonly values: NumberArray; readonly valid?: Uint8Array }
  | { readonly kind: 'values'; readonly values: readonly unknown[] }
  | {
      readonly kind: 'list';
      readonly starts: Uint32Array;
      readonly lengths: Uint32Array;
      readonly child: ColumnData;
      readonly valid?: Uint8Array;
    }
  | {
      readonly kind: 'struct';
      readonly names: readonly string[];
      readonly children: readonly ColumnData[];
      readonly valid?: Uint8Array;
    };

export type NumberArray =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array
  | Float32Array
  | Float64Array;
