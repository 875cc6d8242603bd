import { describe, expect, it } from 'vitest';
import { parseModelStatement } from '../../src/statements/model-statement.ts';
import { splitStatements } from '../../src/statements/split-statements.ts';
import { loadTokenizer } from '../../src/statements/tokens.ts';

const tokens = await loadTokenizer('duckdb');
const parse = (text: string): ReturnType<typeof parseModelStatement> => parseModelStatement(text, tokens(text));
const create = { kind: 'create', orReplace: false, ifNotExists: false };
const plain = { name: 'm', uri: 'u', flavor: null, modelType: null, options: {} };

describe('parseModelStatement', () => {
  it.each([
    ['SELECT 1', null],
    ['CREATE TABLE model (x INTEGER)', null],
    ['SHOW MODELS', { kind: 'show' }],
    ['show /* all */ models', { kind: 'show' }],
    ['DESC MODEL "a b"', { kind: 'describe', name: 'a b' }],
    ['DROP MODEL IF EXISTS m', { kind: 'drop', ifExists: true, name: 'm' }],
    ["CREATE MODEL m USING 'u'", { ...create, definition: plain }],
    ["create or replace model m using 'u'", { ...create, orReplace: true, definition: plain }],
    ["CREATE MODEL IF NOT EXISTS m USING 'u'", { ...create, ifNotExists: true, definition: plain }],
    [
      "CREATE MODEL m FLAVOR onnx MODEL_TYPE ssd OPTIONS (batch_size=64, MIN_SCORE = .5, device='cpu', form = detections) USING 'it''s'",
      {
        ...create,
        definition: {
          ...{ name: 'm', uri: "it's", flavor: 'onnx', modelType: 'ssd' },
          options: { batch_size: '64', min_score: '.5', device: 'cpu', form: 'detections' },
        },
      },
    ],
  ])('%s', (text, expected) => {
    expect(parse(text)).toEqual(expected);
  });

  it.each([
    ['CREATE MODEL', 'expected the name of a model, the statement ends (line 1, column 13)'],
    ["CREATE MODEL 'm' USING 'u'", "expected the name of a model, came 'm' (line 1, column 14)"],
    ["CREATE MODEL m OPTIONS batch_size = 1 USING 'u'", 'expected ( after OPTIONS (line 1, column 24)'],
    ["CREATE MODEL m OPTIONS (__proto__ = 1) USING 'u'", 'there is no option "__proto__"; the options are batch_size'],
    ["CREATE MODEL m OPTIONS (top_k 1) USING 'u'", 'expected = after the option "top_k" (line 1, column 31)'],
    ["CREATE MODEL m OPTIONS (top_k = 1 batch_size = 2) USING 'u'", 'expected , or ) after an option'],
    ['CREATE MODEL m', "expected USING 'uri'"],
    ["CREATE MODEL m RETURNS STRUCT(x INTEGER) USING 'u'", 'RETURNS is not supported'],
    ['SHOW MODELS now', 'expected the end of the statement, came now (line 1, column 13)'],
  ])('%s is an error that says where', (text, message) => {
    expect(() => parse(text)).toThrow(message);
  });
});

it('splitStatements cuts at semicolons, and not in texts, comments and quoted names', () => {
  const text = `SELECT ';'; ; SELECT "a;b" -- ;\n; /* ; */ SELECT $$;$$`;
  const parts = splitStatements(tokens(text)).map((part) => part.map((token) => token.text).join(' '));
  expect(parts).toEqual(["SELECT ';'", 'SELECT "a;b"', 'SELECT $$;$$']);
});

it('places are those of the text, whatever characters it has', () => {
  const text = "SELECT '😀é', x";
  expect(tokens(text).map(({ start, end }) => text.slice(start, end))).toEqual(['SELECT', "'😀é'", ',', 'x']);
});
