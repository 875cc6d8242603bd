import type { InferenceSession } from 'onnxruntime-node';
import type { OnnxDevice, SessionOptions } from '../onnx-backend-options.ts';
import { sessionShape } from '../session-shape.ts';
import type { ModelElsewhere } from './external-files.ts';
import { graphPlace, keepGraph, readGraph } from './graph-cache.ts';
import type { LoadedRuntime, OnnxRuntime } from './load-runtime.ts';

/** A model's path, or the model. */
export type ModelSource = string | ModelElsewhere;

/** A session on that device; on CPU by a graph that was optimised earlier, where one is kept. */
export async function createSession(
  runtime: LoadedRuntime,
  options: SessionOptions,
  source: ModelSource,
  device: OnnxDevice,
): Promise<InferenceSession> {
  const { ort } = runtime;
  const place = device === 'cpu' && typeof source === 'string' ? await graphPlace(runtime, options) : null;
  if (place === null) return create(ort, options, source, device);
  const graph = await readGraph(place);
  const kept = graph && { bytes: graph, folder: '.' };
  const session =
    kept && (await create(ort, { ...options, graphOptimization: 'disabled' }, kept, device).catch(() => null));
  if (session) return session;
  const writing = create(ort, options, source, device, { optimizedModelFilePath: place.unfinished });
  // A full disk, for instance: the session does without.
  const made = await writing.catch(() => create(ort, options, source, device));
  await keepGraph(place);
  return made;
}

/** A session on that device, and nowhere else: ONNX Runtime has no fall-back of its own for a
 * provider that cannot be loaded, whatever stands after it in the list.
 */
function create(
  { InferenceSession }: OnnxRuntime,
  options: SessionOptions,
  source: ModelSource,
  device: OnnxDevice,
  more: Pick<InferenceSession.SessionOptions, 'optimizedModelFilePath'> = {},
): Promise<InferenceSession> {
  const { graphOptimization = 'all' } = options;
  const folder = typeof source === 'string' ? {} : { model_external_initializers_file_folder_path: source.folder };
  const settings: InferenceSession.SessionOptions = {
    executionProviders: providersOf(device, options),
    intraOpNumThreads: sessionShape(options, device).threads,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    // DirectML takes neither parallel execution nor memory patterns.
    ...(device === 'dml' && { enableMemPattern: false }),
    graphOptimizationLevel: graphOptimization,
    logSeverityLevel: 4,
    ...more,
    extra: { session: { intra_op: { allow_spinning: '0' }, ...folder } },
  };
  return typeof source === 'string'
    ? InferenceSession.create(source, settings)
    : InferenceSession.create(source.bytes, settings);
}

/** The providers of a device, with the options that onnxruntime-node reads of them. */
function providersOf(
  device: OnnxDevice,
  { deviceId = 0, coreMlFlags }: SessionOptions,
): InferenceSession.ExecutionProviderConfig[] {
  if (device === 'cpu') return ['cpu'];
  if (device === 'webgpu') return ['webgpu', 'cpu'];
  if (device === 'coreml') return [{ name: device, ...(coreMlFlags !== undefined && { coreMlFlags }) }, 'cpu'];
  const others = device === 'tensorrt' ? [{ name: 'cuda', deviceId }, 'cpu'] : ['cpu'];
  return [{ name: device, deviceId }, ...others];
}
