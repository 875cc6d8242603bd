import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { sparkStrategyNames, strategyExpression } from '../src/index.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

it('the README names a strategy that there is', () => {
  const [, name] = /strategyExpression\('(\w+)'/.exec(readme)!;
  expect(sparkStrategyNames).toContain(name);
  expect(strategyExpression('entropy', 'box.scores')).toContain('box.scores');
});
