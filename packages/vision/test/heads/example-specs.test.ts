import { readdirSync, readFileSync } from 'node:fs';
import { toModelSpec } from '@qualm/types/to-model-spec';
import { expect, it } from 'vitest';
import { createHead } from '../../src/create-head.ts';
import { heads } from '../../src/index.ts';

const folder = new URL('../../../../examples/models/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));

it.each(files)('createHead(%s) makes both forms, and label ids are distinct', (file) => {
  const spec = toModelSpec(JSON.parse(readFileSync(new URL(file, folder), 'utf8')), file, { heads });
  expect(createHead(spec, 'detections').form).toBe('detections');
  expect(createHead(spec, 'class_scores').form).toBe('class_scores');
  expect(new Set(spec.labels.map(({ id }) => id)).size).toBe(spec.labels.length);
});
