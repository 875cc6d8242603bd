import { describe, expect, it } from 'vitest';
import type { RowForm } from '../../src/engine/row-form.ts';
import { rewritePredict } from '../../src/statements/rewrite-predict.ts';
import { loadTokenizer } from '../../src/statements/tokens.ts';

const tokens = await loadTokenizer('duckdb');
const rewrite = (text: string): ReturnType<typeof rewritePredict> =>
  rewritePredict(
    text,
    tokens(text),
    (name) => forms[name.toLowerCase()] ?? null,
    () => ['m'],
  );

const forms: Readonly<Record<string, RowForm>> = {
  m: { form: 'class_scores' },
  [`o'"x`]: { form: 'detections', shapes: [] },
  posed: { form: 'detections', shapes: ['rotated_box', 'keypoints'] },
};
const p = '"ml_predict:class_scores"';

describe('rewritePredict', () => {
  it.each([
    ['SELECT 1', 'SELECT 1'],
    ['SELECT ML_PREDICT(m, image) FROM t', `SELECT ${p}('m', image) FROM t`],
    ['select ml_predict ( "M" , t.image )', `select ${p} ( 'M' , t.image )`],
    [`SELECT ML_PREDICT("o'""x", i)`, `SELECT "ml_predict:detections"('o''"x', i)`],
    ['SELECT ML_PREDICT(posed, i)', `SELECT "ml_predict:detections with keypoints and rotated_box"('posed', i)`],
    ['SELECT f(ML_PREDICT(m, g(a, [b, c]))[1], 2)', `SELECT f(${p}('m', g(a, [b, c]))[1], 2)`],
    ['SELECT ML_PREDICT(m, a, {x: [1, 2]})', `SELECT ${p}('m', a, CAST(to_json({x: [1, 2]}) AS VARCHAR))`],
    [
      "SELECT ML_PREDICT(m, a, top_k := 2, on_error => 'fail')",
      `SELECT ${p}('m', a, CAST(to_json({'top_k': 2, 'on_error': 'fail'}) AS VARCHAR))`,
    ],
    ["SELECT 'ML_PREDICT(m, x)' -- ML_PREDICT(m, x)", "SELECT 'ML_PREDICT(m, x)' -- ML_PREDICT(m, x)"],
    ['SELECT ml_predict FROM t', 'SELECT ml_predict FROM t'],
    ["FROM read_images('x', limit := 3) LIMIT 5", `FROM read_images('x', "limit" := 3) LIMIT 5`],
  ])('%s', (text, expected) => {
    expect(rewrite(text).text).toBe(expected);
  });

  it.each([
    ['SELECT ML_PREDICT(n, x)', 'sql: there is no model "n"; the models are: m (line 1, column 19)'],
    ['SELECT\n ML_PREDICT(m)', 'sql: ML_PREDICT: expected (m, image), an image is missing (line 2, column 2)'],
    ['SELECT ML_PREDICT(1, x)', 'sql: ML_PREDICT: expected the name of a model, came 1 (line 1, column 19)'],
    ['SELECT ML_PREDICT(m, x', 'sql: ML_PREDICT: the ( is not closed (line 1, column 18)'],
    [
      'SELECT ML_PREDICT(m, x, {a: 1}, 2)',
      'sql: ML_PREDICT: expected options by name, such as min_score := 0.5 (line 1, column 25)',
    ],
  ])('%s is an error that says where', (text, message) => {
    expect(() => rewrite(text)).toThrow(message);
  });

  it('a place after the rewriting is a place before it', () => {
    const before = 'SELECT ML_PREDICT(m, a, top_k := 2) + ML_PREDICT(m, b), missing';
    const { text, placeBefore } = rewrite(before);
    for (const word of ['SELECT', '+', 'missing']) expect(placeBefore(text.indexOf(word))).toBe(before.indexOf(word));
    expect(placeBefore(text.indexOf(p))).toBe(before.indexOf('ML_PREDICT'));
    expect(placeBefore(text.length)).toBe(before.length);
  });
});
