import { loadTokenizer } from '@qualm/sql/statements';
import type { Tokenizer } from '@qualm/sql/statements';
import { beforeAll, describe, expect, it } from 'vitest';
import { findCall } from '../../src/statements/find-call.ts';
import { rewriteCall } from '../../src/statements/rewrite-call.ts';

let tokenize: Tokenizer;

beforeAll(async () => {
  tokenize = await loadTokenizer('spark');
});

/** The text with `{source AS alias}` in the place of a table that was joined with predictions. */
function rewritten(text: string): string {
  const found = findCall(text, tokenize(text))!;
  const images = { tables: ['stored'], keyOf: (image: string) => image, place: 1 };
  return rewriteCall(text, found, images).replace(
    /\(SELECT (\S+)\.\*, IF\(.*?\) AS qualm_rows_1 FROM (.*) AS \S+ LEFT JOIN .* ON qualm_key_1 = \((.*?)\)\) AS \1/s,
    '{$2 AS $1 BY $3}',
  );
}

describe('a call becomes a column of the table that its query reads from', () => {
  it.each([
    ['SELECT ML_PREDICT(m, image) FROM t', 'SELECT qualm_rows_1 FROM {t AS t BY image}'],
    ['SELECT ml_predict(m, p.image) AS r FROM db.t p', 'SELECT qualm_rows_1 AS r FROM {db.t AS p BY p.image}'],
    ['SELECT ML_PREDICT(m, `a b`) FROM `x y` AS `z`', 'SELECT qualm_rows_1 FROM {`x y` AS `z` BY `a b`}'],
    ["SELECT ML_PREDICT(m, concat('a(', b)) FROM t", "SELECT qualm_rows_1 FROM {t AS t BY concat('a(', b)}"],
    [
      'SELECT x FROM (SELECT explode(ML_PREDICT(m, image)) AS x FROM t LIMIT 5) ORDER BY x',
      'SELECT x FROM (SELECT explode(qualm_rows_1) AS x FROM {t AS t BY image} LIMIT 5) ORDER BY x',
    ],
    [
      'SELECT size(ML_PREDICT(m, i)) FROM (SELECT image AS i FROM t) WHERE i > 5',
      'SELECT size(qualm_rows_1) FROM {(SELECT image AS i FROM t) AS qualm_source_1 BY i} WHERE i > 5',
    ],
    [
      'SELECT *, 2 * n FROM t WHERE size(ML_PREDICT(m, i)) > 0',
      'SELECT * EXCEPT (qualm_rows_1), 2 * n FROM {t AS t BY i} WHERE size(qualm_rows_1) > 0',
    ],
    [
      'SELECT t.* EXCEPT (a), ML_PREDICT(m, i) FROM t',
      'SELECT t.* EXCEPT (qualm_rows_1, a), qualm_rows_1 FROM {t AS t BY i}',
    ],
    ['SELECT count(*), ML_PREDICT(m, i) FROM t', 'SELECT count(*), qualm_rows_1 FROM {t AS t BY i}'],
    [
      'SELECT a IS DISTINCT FROM b, ML_PREDICT(m, i) FROM t',
      'SELECT a IS DISTINCT FROM b, qualm_rows_1 FROM {t AS t BY i}',
    ],
    [
      'SELECT 1 FROM u UNION ALL SELECT ML_PREDICT(m, i) FROM t',
      'SELECT 1 FROM u UNION ALL SELECT qualm_rows_1 FROM {t AS t BY i}',
    ],
    [
      "SELECT 'ML_PREDICT(a, b)', -- ML_PREDICT(c, d)\nML_PREDICT(m, i) FROM t",
      "SELECT 'ML_PREDICT(a, b)', -- ML_PREDICT(c, d)\nqualm_rows_1 FROM {t AS t BY i}",
    ],
    [
      'SELECT d FROM t LATERAL VIEW explode(ML_PREDICT(m, i)) x AS d',
      'SELECT d FROM {t AS t BY i} LATERAL VIEW explode(qualm_rows_1) x AS d',
    ],
    [
      'CREATE TEMPORARY VIEW v AS SELECT ML_PREDICT(m, i) FROM t',
      'CREATE TEMPORARY VIEW v AS SELECT qualm_rows_1 FROM {t AS t BY i}',
    ],
  ])('%s', (text, expected) => {
    expect(rewritten(text)).toBe(expected);
  });

  it('the innermost first', () => {
    const text = 'SELECT ML_PREDICT(a, i) FROM (SELECT i, ML_PREDICT(b, i) AS r FROM t) WHERE true';
    expect(findCall(text, tokenize(text))!.model).toBe('b');
  });

  it('none where there is none', () => {
    const text = "SELECT ml_predict, 'ML_PREDICT(a, b)' FROM t";
    expect(findCall(text, tokenize(text))).toBeNull();
  });
});

describe('what cannot be done soundly is refused with its place', () => {
  it.each([
    ["SELECT ML_PREDICT(m, 'a.jpg')", 'has no FROM', 'column 8'],
    [
      'SELECT ML_PREDICT(m, a.image) FROM a JOIN b USING (x)',
      'more than one plain table or subquery (at JOIN)',
      'column 38',
    ],
    ['SELECT ML_PREDICT(m, image) FROM a, b', '(at ,)', 'column 35'],
    ['SELECT ML_PREDICT(m, image) FROM a TABLESAMPLE (5 ROWS)', '(at TABLESAMPLE)', 'column 36'],
    ['WITH t AS (SELECT 1)\nSELECT ML_PREDICT(m, image) FROM t', 'WITH beside it', 'line 1, column 1'],
    ['SELECT ML_PREDICT(m, image, min_score := 1) FROM t', 'options belong to the model', 'column 29'],
    ['SELECT ML_PREDICT(m) FROM t', 'an image is missing', 'column 8'],
    ["SELECT ML_PREDICT('m', image) FROM t", 'expected the name of a model', 'column 19'],
    ['SELECT ML_PREDICT(m, (SELECT image FROM u)) FROM t', 'came a query', 'column 23'],
    ['CREATE VIEW v AS SELECT ML_PREDICT(m, image) FROM t', 'make it a TEMPORARY VIEW', 'column 8'],
    ['SELECT ML_PREDICT(m, image FROM t', 'is not closed', 'column 8'],
  ])('%s', (text, words, place) => {
    const find = (): unknown => findCall(text, tokenize(text));
    expect(find).toThrow(words);
    expect(find).toThrow(place);
  });
});
