import { entropyFunctionName } from './strategy-functions.ts';

/** Statements that make macros for one connection: of what DuckDB computes best itself, and of
 * names that it has taken.
 */
export const macros: readonly string[] = [
  `CREATE OR REPLACE TEMP MACRO entropy(scores, normalized := false, base := 2.718281828459045, renormalize := true) AS
    ${entropyFunctionName}(scores, normalized, base::DOUBLE, renormalize)`,
  `CREATE OR REPLACE TEMP MACRO to_image(uri_or_data) AS CASE
    WHEN uri_or_data IS NULL THEN NULL
    WHEN typeof(uri_or_data) = 'BLOB' THEN {'uri': NULL::VARCHAR, 'data': uri_or_data::BLOB}
    WHEN typeof(uri_or_data) = 'VARCHAR' THEN {'uri': uri_or_data::VARCHAR, 'data': NULL::BLOB}
    ELSE error('to_image: ' || typeof(uri_or_data) || ' is not an image; expected a path or a URI (VARCHAR), or a picture (BLOB)')
  END`,
];
