export { createExitGuard } from './exit-guard.ts';
export type { ExitGuard } from './exit-guard.ts';
export { createThreadPool } from './create-thread-pool.ts';
export type { ThreadPool, ThreadPoolOptions } from './create-thread-pool.ts';
export { packTensors } from './pack-tensors.ts';
export type { Parcel } from './parcel.ts';
export { serveThread } from './serve-thread.ts';
export type { ThreadService } from './serve-thread.ts';
export type { ThreadOptions } from './start-thread.ts';
