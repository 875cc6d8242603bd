import { assertFunction, assertOptions, assertText, QualmError } from '@qualm/types';
import type { Backend, ModelFiles, SessionPlan } from '@qualm/types';
import { createSessionPool } from './create-session-pool.ts';

/** A backend out of how a session is opened: its models run in worker threads, and so may whatever
 * else belongs to a run.
 * @param planSessions is called with files that were checked for their types
 * @example createSessionBackend('mine', async ({ model }) => ({ name: `mine "${model}"`, module,
 * options: { model } }))
 */
export function createSessionBackend(
  name: string,
  planSessions: (files: ModelFiles) => Promise<SessionPlan>,
): Required<Backend> {
  assertText('createSessionBackend', 'name', name, "a flavor, such as 'onnx'");
  assertFunction('createSessionBackend', 'planSessions', planSessions, 'a function: async ({ model }) => plan');
  const plan = async (files: ModelFiles): Promise<SessionPlan> => {
    assertFiles(files);
    return planSessions(files);
  };
  return {
    name,
    planSessions: plan,
    async load(files, options = {}) {
      assertFiles(files);
      assertOptions('load', options, '{ signal }');
      const { signal } = options;
      if (signal?.aborted) throw new QualmError('aborted', 'load: aborted before it began', { cause: signal.reason });
      return createSessionPool(await plan(files), { signal });
    },
  };
}

function assertFiles(files: ModelFiles): void {
  assertOptions('load', files, "{ model: '/models/yolox_nano.onnx' }", 'its files');
  assertText('load', 'model', files.model, "a path, such as '/models/yolox_nano.onnx'");
  if (files.backendOptions !== undefined)
    assertOptions('load', files.backendOptions, '{ sessions: 1 }', 'backendOptions');
}
