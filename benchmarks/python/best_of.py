"""What benchmarks/best-of.ts is there: the shortest time of a job."""

import time


def best_of(repeats, run):
    """Milliseconds of the quickest of so many runs."""
    times = []
    for _ in range(repeats):
        began = time.perf_counter()
        run()
        times.append(time.perf_counter() - began)
    return 1000 * min(times)
