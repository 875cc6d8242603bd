import { describe, expect, it } from 'vitest';
import { completeSql } from '../../src/commands/sql/complete-sql.ts';
import { dotCommand } from '../../src/commands/sql/dot-commands.ts';

const names = {
  tables: ['photos', 'my table'],
  columns: ['image', 'image_id'],
  models: ['yolox'],
  functions: ['margin', 'md5'],
};

describe('completeSql(line, names)', () => {
  it.each<[string, string[], string]>([
    ['sel', ['select'], 'sel'],
    ['SEL', ['SELECT'], 'SEL'],
    ['select ima', ['image', 'image_id'], 'ima'],
    ['select * from pho', ['photos'], 'pho'],
    ['select mar', ['margin('], 'mar'],
    ['select ML_PREDICT(y', ['yolox'], 'y'],
    ['select ml_predict( i', [], 'i'],
    ['select nothing_is_so', [], 'nothing_is_so'],
    ['select ', [], ''],
    ['', [], ''],
    ['.mo', ['.models', '.mode'], '.mo'],
  ])('%j becomes one of %j', (line, fits, word) => {
    expect(completeSql(line, names)).toEqual([fits, word]);
  });
});

describe('dotCommand(line)', () => {
  it('is a command and its argument', () => {
    expect(dotCommand('.mode  csv ; ')).toEqual({ name: '.mode', argument: 'csv' });
    expect(dotCommand('.tables;')).toEqual({ name: '.tables', argument: '' });
    expect(dotCommand('.exit')).toEqual({ name: '.quit', argument: '' });
  });

  it('names the list of commands where there is none of that name', () => {
    expect(() => dotCommand('.tabels x')).toThrow('there is no command .tabels; .help lists them');
  });
});
