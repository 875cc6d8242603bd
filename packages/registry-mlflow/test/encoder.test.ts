import { expect, it } from 'vitest';
import { registryToys } from '@qualm/testkit';
import { qualmTags } from '../src/model/qualm-tags.ts';
import { folderRegistry, logToy } from './folder-registry.ts';

it('a model that makes vectors is logged, and resolved, without labels', async () => {
  const toy = registryToys().newer;
  const { scoreKind: _kind, form: _form, ...rest } = toy.spec;
  const head = { type: 'embedding', outputs: { embedding: 'y' } };
  const spec = { ...rest, head, labels: [] };
  const tags = qualmTags(spec);
  expect(tags).toMatchObject({ 'qualm.model.form': 'embedding', 'qualm.output.schema': 'array<float>' });
  expect(tags).not.toHaveProperty('qualm.score.kind');
  const { registry } = await folderRegistry();
  await logToy(registry, { ...toy, spec }, { registeredModelName: 'encoder' });
  const { spec: resolved } = await registry.resolve('mlflow:/encoder/1');
  expect(resolved).toEqual(spec);
});
