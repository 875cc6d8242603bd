import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createStallWatch } from '../../src/connect/stall-watch.ts';

const progress = (tasks: number, completedTasks: number, runningTasks: number) => ({
  ...{ tasks, completedTasks, runningTasks },
  stages: [],
});

describe('createStallWatch', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  it('calls back when no task runs for so long, counted from when it began', () => {
    const onStall = vi.fn();
    const watch = createStallWatch(60_000, onStall);
    watch.see(progress(5, 2, 0));
    vi.advanceTimersByTime(40_000);
    watch.see(progress(5, 2, 0));
    vi.advanceTimersByTime(19_000);
    expect(onStall).not.toHaveBeenCalled();
    vi.advanceTimersByTime(2000);
    expect(onStall).toHaveBeenCalledOnce();
  });

  it.each([
    ['a task runs', progress(5, 2, 1)],
    ['a task has ended', progress(5, 3, 0)],
    ['all are done', progress(5, 5, 0)],
    ['there are none', progress(0, 0, 0)],
  ])('does not when %s meanwhile', (_, next) => {
    const onStall = vi.fn();
    const watch = createStallWatch(60_000, onStall);
    watch.see(progress(5, 2, 0));
    vi.advanceTimersByTime(50_000);
    watch.see(next);
    vi.advanceTimersByTime(50_000);
    expect(onStall).not.toHaveBeenCalled();
  });

  it('does not when rows come, or without a limit', () => {
    const onStall = vi.fn();
    const watch = createStallWatch(60_000, onStall);
    watch.see(progress(5, 2, 0));
    watch.reset();
    createStallWatch(Infinity, onStall).see(progress(5, 0, 0));
    vi.advanceTimersByTime(10 * 60_000);
    expect(onStall).not.toHaveBeenCalled();
  });
});
