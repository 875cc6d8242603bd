import type { SparkProgress } from './spark-session.ts';

/** Watches whether any task of a statement gets going. */
export interface StallWatch {
  see(progress: SparkProgress): void;
  /** Something else came: rows, or the end. */
  reset(): void;
}

/** Calls back when there are tasks to do, and for so long none has run or ended. Spark has no limit
 * of its own: without executors a statement waits for ever.
 * @param timeout in milliseconds; Infinity for no limit.
 */
export function createStallWatch(timeout: number, onStall: () => void): StallWatch {
  let timer: NodeJS.Timeout | null = null;
  let completed = -1;
  const reset = (): void => {
    if (timer) clearTimeout(timer);
    timer = null;
  };
  return {
    see({ tasks, completedTasks, runningTasks }) {
      const isIdle = tasks > completedTasks && runningTasks === 0;
      if (!isIdle || completedTasks !== completed) reset();
      completed = completedTasks;
      if (isIdle && !timer && timeout < 2 ** 31) timer = setTimeout(onStall, timeout);
    },
    reset,
  };
}
