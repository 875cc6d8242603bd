import { existsSync, readdirSync } from 'node:fs';
import type { OnnxDevice } from '../onnx-backend-options.ts';
import { nameOf } from './load-runtime.ts';
import type { LoadedRuntime } from './load-runtime.ts';
import { cudaWanted, missingLibrary } from './runtime-package.ts';

/** What people call a device. */
export const deviceNames: Readonly<Record<OnnxDevice, string>> = {
  ...{ cuda: 'CUDA', tensorrt: 'TensorRT', webgpu: 'WebGPU', coreml: 'CoreML', dml: 'DirectML', cpu: 'CPU' },
};

/** Why a device cannot be used, as far as the runtime's files say it; null where it can be tried.
 * The runtime itself leaves out a device that it does not know, and runs on CPU.
 */
export function deviceTrouble(runtime: LoadedRuntime, device: OnnxDevice): string | null {
  const known = runtime.ort.listSupportedBackends?.().map(({ name }) => name);
  if (known && !known.includes(device)) {
    return `${nameOf(runtime)} for ${process.platform}/${process.arch} has ${known.join(', ')}`;
  }
  return device === 'cuda' || device === 'tensorrt' ? missingLibrary(runtime.file, device) : null;
}

/** What to do where a device cannot be used. */
export function deviceAdvice(runtime: LoadedRuntime, device: OnnxDevice): string {
  if (device === 'webgpu') return 'WebGPU needs a GPU with a driver for Vulkan, Metal or Direct3D 12';
  if (device !== 'cuda' && device !== 'tensorrt') return `choose another device, or another onnxruntime-node`;
  const cuda = cudaWanted(runtime.file);
  if (cuda === null) return `${nameOf(runtime)} has no CUDA for ${process.platform}/${process.arch}; Linux x64 has`;
  const more = device === 'tensorrt' ? ', TensorRT' : '';
  return (
    `${deviceNames[device]} needs an NVIDIA driver, ${cuda} with cuDNN 9${more}, and the provider's libraries ` +
    `(libonnxruntime_providers_${device}.so, libonnxruntime_providers_shared.so) beside onnxruntime_binding.node: ` +
    'run `npm rebuild onnxruntime-node` where nvcc is found, or put them there by hand'
  );
}

/** Whether WebGPU may find a GPU. On Linux without one, or without Vulkan, the runtime would warn
 * on the terminal, or take a renderer that computes on CPU.
 */
export function mayHaveWebGpu(): boolean {
  if (process.platform !== 'linux') return true;
  const devices = ['/dev', '/dev/dri'].flatMap((folder) => (existsSync(folder) ? readdirSync(folder) : []));
  const libraries = ['/usr/lib/x86_64-linux-gnu', '/usr/lib64', '/usr/lib', '/usr/local/lib'];
  return (
    devices.some((name) => /^(renderD\d+|nvidia\d+)$/.test(name)) &&
    libraries.some((folder) => existsSync(`${folder}/libvulkan.so.1`))
  );
}
