import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ModelSpec } from '@qualm/types';
import { specs } from './setup/folders.ts';

const { labels } = JSON.parse(readFileSync(join(specs, 'coco-ssd-onnx.json'), 'utf8')) as Pick<ModelSpec, 'labels'>;
const names = new Map(labels.map(({ id, name }) => [id, name]));

/** A function for SQL: the name of a class of COCO, NULL for an invalid number. */
export const cocoName = {
  parameters: ['INTEGER'],
  returns: 'VARCHAR',
  call: (id: number): string | null => names.get(id) ?? null,
} as const;
