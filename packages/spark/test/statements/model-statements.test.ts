import { loadTokenizer, parseModelStatement } from '@qualm/sql/statements';
import { beforeEach, expect, it } from 'vitest';
import { runModelStatement } from '../../src/statements/model-statements.ts';
import type { NamedModel } from '../../src/statements/model-statements.ts';

const tokenize = await loadTokenizer('spark');
let models: Map<string, NamedModel>;

beforeEach(() => {
  models = new Map();
});

const run = (text: string): string => runModelStatement(parseModelStatement(text, tokenize(text))!, models);

it('CREATE MODEL names a model as executors see it, and how it predicts', () => {
  run("CREATE MODEL ssd OPTIONS (batch_size = 64, form = detections, min_score = 0.5, top_k = 3) USING '/m/ssd.json'");
  expect([...models]).toEqual([
    ['ssd', { model: { spec: '/m/ssd.json', form: 'detections' }, minScore: 0.5, topK: 3 }],
  ]);
});

it('CREATE MODEL replaces one where it says so', () => {
  run("CREATE MODEL ssd USING 'a.json'");
  expect(() => run("CREATE MODEL ssd USING 'b.json'")).toThrow('there is a model "ssd" already');
  run("CREATE MODEL IF NOT EXISTS ssd USING 'b.json'");
  expect(models.get('ssd')!.model.spec).toBe('a.json');
  run("CREATE OR REPLACE MODEL ssd USING 'b.json'");
  expect(models.get('ssd')!.model.spec).toBe('b.json');
});

it('SHOW MODELS is a query of them', () => {
  expect(run('SHOW MODELS')).toMatch(/WHERE false$/);
  run("CREATE MODEL ssd USING 'it''s.json'");
  expect(run('SHOW MODELS')).toContain("('ssd', 'it\\'s.json', 'class_scores')");
  expect(run('DESCRIBE MODEL ssd')).toBe(run('SHOW MODELS'));
});

it('DROP MODEL forgets one, and knows what is not there', () => {
  run("CREATE MODEL ssd USING 'a.json'");
  run('DROP MODEL ssd');
  expect(() => run('DROP MODEL ssd')).toThrow('there is no model "ssd"');
  expect(() => run('DROP MODEL IF EXISTS ssd')).not.toThrow();
});

it.each([
  ["CREATE MODEL m OPTIONS (form = boxes) USING 'a'", 'the option "form"'],
  ["CREATE MODEL m OPTIONS (min_score = low) USING 'a'", 'the option "min_score"'],
])('%s is refused', (text, words) => {
  expect(() => run(text)).toThrow(words);
});
