import type { io } from '@tensorflow/tfjs-core';
import { QualmError } from '@qualm/types';
import { createGraphTopology, nodeOf, type GraphTopology } from './graph-topology.ts';
import { quoted } from './quoted.ts';
import { signatureShapes } from './signature-shapes.ts';
import type { OpenModel } from './open-model.ts';
import { tensorInfo } from './tensor-conversion.ts';
import type { SessionConfig } from './tfjs-session.ts';
import type { TfjsRuntime } from './tfjs-runtime.ts';

/** A graph model. Any node may be asked for as an output, by its name or as `name:1` for a further
 * output of it.
 * @throws QualmError `model-invalid`.
 */
export async function openGraphModel(
  { loadGraphModel }: TfjsRuntime,
  artifacts: io.ModelArtifacts,
  config: SessionConfig,
): Promise<OpenModel> {
  const topology = createGraphTopology(artifacts.modelTopology as object);
  const model = await loadGraphModel({ load: () => Promise.resolve(artifacts) }).catch((cause: unknown) => {
    throw new QualmError('model-invalid', `${config.model}: ${(cause as Error).message}`, { cause });
  });
  const known = new Map(model.outputs.map((output) => [output.name, output]));
  const own = model.outputs.map(({ name }) => name);
  const names = config.outputs ?? own;
  assertNodes(topology, names, own, config.model);
  assertWeights(topology.constants(names), artifacts, config.model);
  const signed = signatureShapes(artifacts);
  const shapeOf = (name: string): readonly number[] | undefined => known.get(name)?.shape ?? signed.get(name);
  return {
    inputs: model.inputs.map(({ name, dtype, shape }) => tensorInfo(name, dtype, shape)),
    outputs: names.map((name) => tensorInfo(name, known.get(name)?.dtype ?? topology.dtype(name), shapeOf(name))),
    dispose: () => model.dispose(),
    async run(inputs, outputs) {
      assertNodes(topology, outputs, own, config.model);
      const names = [...outputs];
      const results = topology.isDynamic(names)
        ? await model.executeAsync(inputs, names)
        : model.execute(inputs, names);
      return Array.isArray(results) ? results : [results as never];
    },
  };
}

function assertNodes(
  topology: GraphTopology,
  names: readonly string[],
  own: readonly string[],
  modelPath: string,
): void {
  const missing = names.find((name) => !topology.has(name));
  if (missing !== undefined) {
    throw new QualmError(
      'shape-mismatch',
      `${modelPath} has no node "${nodeOf(missing)}" to be an output; its own outputs are ${quoted(own)}`,
    );
  }
}

/** A constant has its numbers from the weights alone. */
function assertWeights(
  constants: readonly string[],
  { weightSpecs = [] }: Pick<io.ModelArtifacts, 'weightSpecs'>,
  modelPath: string,
): void {
  const set = new Set(weightSpecs.map(({ name }) => name));
  const unset = constants.filter((name) => !set.has(name));
  if (unset.length === 0) return;
  const some = `${quoted(unset.slice(0, 3))}${unset.length > 3 ? ', ...' : ''}`;
  throw new QualmError(
    'model-invalid',
    `${modelPath}: its "weightsManifest" has no numbers for ${unset.length} of its ${constants.length} constants (${some}); ` +
      'convert the model again with tensorflowjs_converter',
  );
}
