import { callPlugin, hasFunctions, QualmError } from '@qualm/types';
import type { Backend, BackendModel } from '@qualm/types';

/** A backend of the user's own whose errors name it where it throws, or gives no model.
 * @param place the module and its export.
 */
export function guardBackend(backend: Backend, place: string): Backend {
  const name = `backend ${place}`;
  return {
    name: backend.name,
    load: async (...given) => {
      const model = await callPlugin(`load of ${name}`, () => backend.load(...given));
      assertModel(model, name);
      return guardModel(model, name);
    },
    ...(backend.planSessions && {
      planSessions: (files) => callPlugin(`planSessions of ${name}`, () => backend.planSessions!(files)),
    }),
  };
}

function assertModel(model: BackendModel, name: string): void {
  const isModel = hasFunctions(model, 'run', 'dispose') && [model.inputs, model.outputs].every(Array.isArray);
  if (isModel) return;
  const wanted = '{ device, inputs, outputs, concurrency, warnings, run, dispose }';
  throw new QualmError('plugin-failed', `load of ${name} gave no model; expected ${wanted}, see docs/backends.md`);
}

/** Not a copy: what the model says of itself may change. */
function guardModel(model: BackendModel, name: string): BackendModel {
  return {
    get device() {
      return model.device;
    },
    get inputs() {
      return model.inputs;
    },
    get outputs() {
      return model.outputs;
    },
    get concurrency() {
      return model.concurrency;
    },
    get warnings() {
      return model.warnings;
    },
    run: (...given) => callPlugin(`run of ${name}`, () => model.run(...given), 'predict-failed'),
    dispose: () => callPlugin(`dispose of ${name}`, () => model.dispose()),
  };
}
