import type { io } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { QualmError } from '@qualm/types';
import { quoted } from './quoted.ts';
import type { OpenModel } from './open-model.ts';
import { tensorInfo } from './tensor-conversion.ts';
import type { SessionConfig } from './tfjs-session.ts';
import type { TfjsRuntime } from './tfjs-runtime.ts';

/** A layers model. Any layer may be asked for as an output, by its name.
 * @throws QualmError `model-invalid`, `backend-unavailable` where tfjs-layers is not installed.
 */
export async function openLayersModel(
  runtime: TfjsRuntime,
  artifacts: io.ModelArtifacts,
  config: SessionConfig,
): Promise<OpenModel> {
  const loaded = await runtime.loadLayersModel({ load: () => Promise.resolve(artifacts) }).catch((cause: unknown) => {
    throw loadError(cause, config.model);
  });
  // A Sequential leaves the names of its inputs and outputs empty; a functional model over the same
  // layers has them.
  const model = await runtime.layersModel({ inputs: loaded.inputs, outputs: loaded.outputs });
  const sub = new Map<string, Promise<LayersModel>>();
  const ending = (outputs: readonly string[]): Promise<LayersModel> => {
    const key = JSON.stringify(outputs);
    const found =
      sub.get(key) ?? runtime.layersModel({ inputs: model.inputs, outputs: outputs.map((name) => end(model, name)) });
    sub.set(key, found);
    return found;
  };
  const names = config.outputs ?? model.outputNames;
  return {
    inputs: model.inputs.map(({ dtype, shape }, i) => tensorInfo(model.inputNames[i]!, dtype, shape)),
    outputs: names.map((name) => tensorInfo(name, end(model, name).dtype, end(model, name).shape)),
    dispose: () => void loaded.dispose(),
    async run(inputs, outputs) {
      const feeds = model.inputNames.map((name) => inputs[name]!);
      const results = (await ending(outputs)).predictOnBatch(feeds);
      return Array.isArray(results) ? results : [results];
    },
  };
}

function end(model: LayersModel, name: string): LayersModel['outputs'][number] {
  const output = model.outputNames.indexOf(name);
  if (output >= 0) return model.outputs[output]!;
  const layer = model.layers.find((candidate) => candidate.name === name);
  if (layer === undefined) {
    const layers = quoted(model.layers.map((candidate) => candidate.name));
    throw new QualmError('shape-mismatch', `the model has no layer "${name}" to be an output; it has ${layers}`);
  }
  return [layer.output].flat()[0]!;
}

function loadError(cause: unknown, modelPath: string): QualmError {
  const { code, message } = cause as NodeJS.ErrnoException;
  return code === 'MODULE_NOT_FOUND'
    ? new QualmError('backend-unavailable', `${modelPath} is a layers model; npm install @tensorflow/tfjs-layers`, {
        cause,
      })
    : new QualmError('model-invalid', `${modelPath}: ${message}`, { cause });
}
