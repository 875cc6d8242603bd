import { availableParallelism } from 'node:os';
import { QualmError } from '@qualm/types';
import type { Session, SessionInfo } from '@qualm/types';
import { openGraphModel } from './graph-model.ts';
import { openLayersModel } from './layers-model.ts';
import { readModelArtifacts } from './model-artifacts.ts';
import { runError } from './run-error.ts';
import { fromTensor, toTensor } from './tensor-conversion.ts';
import { type TfjsDevice, loadTfjsRuntime } from './tfjs-runtime.ts';
import type { OpenModel } from './open-model.ts';

/** What a session is opened with; it travels to a worker thread. */
export interface SessionConfig {
  readonly model: string;
  readonly runtime: TfjsDevice | 'auto';
  readonly resolveFrom: string;
  /** Sessions of the model; see `TfjsBackendOptions`. */
  readonly sessions?: number;
  readonly followLinks?: boolean;
  /** Nodes that take the place of the model's own outputs. */
  readonly outputs?: readonly string[];
}

/** One model on the thread that opened it. */
export interface TfjsSession extends Session {
  /** How many tensors TF.js holds at the moment, the model's weights included. */
  numTensors(): number;
  dispose(): void;
}

/** Loads TF.js and a model on this thread; no session runs elsewhere than the first.
 * @throws QualmError `backend-unavailable`, `model-missing`, `model-invalid`, `path-outside`.
 */
export async function openTfjsSession(config: SessionConfig, first?: SessionInfo): Promise<TfjsSession> {
  const runtime = await loadTfjsRuntime(config.runtime, config.resolveFrom);
  const { tf, device, warnings } = runtime;
  if (first && first.device !== device) throw otherDevice(first.device, device);
  const artifacts = await readModelArtifacts(config.model, config.followLinks);
  const open =
    artifacts.format === 'layers-model' || !isGraph(artifacts.modelTopology) ? openLayersModel : openGraphModel;
  const model: OpenModel = await open(runtime, artifacts, config);
  // Elsewhere kernels have threads of their own.
  const isOnThread = device === 'wasm' || device === 'cpu';
  const sessions = config.sessions ?? (isOnThread ? Math.min(availableParallelism(), 8) : 1);
  return {
    info: { device, inputs: model.inputs, outputs: model.outputs, warnings, sessions, isOnThread },
    numTensors: () => tf.memory().numTensors,
    dispose: () => model.dispose(),
    // A scope, not tf.tidy: tidy refuses promises, and a failed run must let go of its tensors too.
    async run(inputs, outputs) {
      const engine = tf.engine();
      engine.startScope('run');
      try {
        const feeds = Object.fromEntries(Object.entries(inputs).map(([name, tensor]) => [name, toTensor(tf, tensor)]));
        const results = await model.run(feeds, outputs);
        const read = await Promise.all(results.map(fromTensor));
        return Object.fromEntries(outputs.map((name, i) => [name, read[i]!]));
      } catch (cause) {
        throw runError(cause, config.model, device);
      } finally {
        engine.endScope();
      }
    },
  };
}

function otherDevice(first: string, device: TfjsDevice): QualmError {
  const message = `TF.js runs on ${device} in a further thread, on ${first} in the first; say which with createTfjsBackend({ runtime })`;
  return new QualmError('backend-unavailable', message);
}

function isGraph(topology: unknown): boolean {
  return typeof topology === 'object' && topology !== null && 'node' in topology;
}
