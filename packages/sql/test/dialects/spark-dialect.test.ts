import { QualmError } from '@qualm/types';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadSparkDialect } from '../../src/dialects/load-spark-dialect.ts';
import type { SparkDialect } from '../../src/dialects/load-spark-dialect.ts';

let spark: SparkDialect;
beforeAll(async () => {
  spark = await loadSparkDialect();
});

function errorOf(text: string): { readonly code: string; readonly message: string } {
  try {
    spark.translate(text);
  } catch (error) {
    if (QualmError.is(error)) return { code: error.code, message: error.message };
    throw error;
  }
  throw new Error(`${text} was translated`);
}

describe('spark.translate(text)', () => {
  it.each([
    [
      'SELECT ML_PREDICT(ssd, image, min_score => 0.5D) AS p FROM t',
      'ML_PREDICT(ssd, "image", min_score := CAST(0.5 AS DOUBLE))',
    ],
    ['SELECT ml_predict(`my model`, image) FROM t', 'ML_PREDICT("my model", "image")'],
    ['SELECT /*+ REPARTITION(200) */ a FROM t', 'SELECT "a" AS "a" FROM "t"'],
    ['SELECT a FROM t SORT BY a DESC', 'SELECT "a" AS "a" FROM "t" ORDER BY "a" DESC NULLS LAST'],
    ['EXPLAIN SELECT 1', 'EXPLAIN SELECT 1 AS "1"'],
    ['EXPLAIN ANALYZE SELECT 1', 'EXPLAIN ANALYZE SELECT 1 AS "1"'],
    ['SELECT a FROM t WHERE b = :limit AND c = ?', '"b" = $limit'],
    ['SELECT a + ? FROM t', '"a" + $1'],
    ["SELECT 'it\\'s', \"q\"", "'it''s'"],
    ['SELECT `a"b` FROM t', '"a""b"'],
  ])('%s holds %s', (text, expected) => {
    expect(spark.translate(text).text).toContain(expected);
  });

  it('takes the functions of the session by name, in any case', () => {
    const functions = new Set(['Coco_Name']);
    expect(spark.translate('SELECT coco_name(1)', { functions }).text).toBe('SELECT "coco_name"(1) AS "coco_name(1)"');
    expect(errorOf('SELECT coco_name(1)').code).toBe('unsupported');
  });

  it.each([
    ['SELECT a,\n  shuffle(b) FROM t', 'unsupported', 'the function shuffle', '(line 2, column 3)'],
    ["SELECT 'é😀', shuffle(b) FROM t", 'unsupported', 'the function shuffle', '(line 1, column 14)'],
    ['SELECT upper(a, b) FROM t', 'query-invalid', 'upper: expected 1 arguments, came 2', '(line 1, column 8)'],
    ['SELECT 1 +', 'query-invalid', 'Unexpected', '(line 1, column'],
    ['SELECT a FROM t TABLESAMPLE (10 PERCENT)', 'unsupported', 'table sample', '(line 1, column 15)'],
    ['MERGE INTO t USING u ON t.a = u.a WHEN MATCHED THEN DELETE', 'unsupported', 'MERGE', ''],
    ['DELETE FROM t', 'unsupported', 'DELETE', ''],
    ['DESCRIBE people name', 'unsupported', 'DESCRIBE of other than a table or a view', '(line 1, column 1)'],
    ['DESCRIBE QUERY SELECT 1', 'unsupported', 'DESCRIBE of other than a table or a view', '(line 1, column 1)'],
    ['DESCRIBE EXTENDED people', 'unsupported', 'DESCRIBE of other than a table or a view', '(line 1, column 1)'],
    ["SELECT 1, printf('%5d', a) FROM t", 'unsupported', 'other places than %s, %d, and %%', '(line 1, column 11)'],
    ['SELECT printf(a, 1) FROM t', 'unsupported', 'printf with a format that is not a literal', '(line 1, column 8)'],
    ['SELECT 1; SELECT 2', 'query-invalid', '', ''],
    ['SELECT explode(a) + 1 FROM t', 'unsupported', 'explode within an expression', '(line 1, column 8)'],
    ['SELECT ML_PREDICT(1, image) FROM t', 'query-invalid', 'expected the name of a model', '(line 1, column 8)'],
    ['SELECT row_number() FROM t', 'query-invalid', 'row_number needs OVER', '(line 1, column 8)'],
    ['SELECT cast(a AS INTERVAL DAY) FROM t', 'unsupported', 'the type INTERVAL', ''],
  ])('%s is an error', (text, code, reason, place) => {
    const error = errorOf(text);
    expect(error.code).toBe(code);
    expect(error.message).toContain(reason);
    expect(error.message).toContain(place);
  });

  it('does not take text for names: what stands in strings and quoted names stays there', () => {
    const { text } = spark.translate("SELECT 'x\"; DROP TABLE t; --' AS `a\"; b`, 'explode(' FROM t");
    expect(text).toBe(`SELECT 'x"; DROP TABLE t; --' AS "a""; b", 'explode(' AS "explode(" FROM "t"`);
  });
});
