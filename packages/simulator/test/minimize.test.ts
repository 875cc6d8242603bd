import { expect, it } from 'vitest';
import { minimize } from '../src/minimize.ts';

it('minimize(f, start) finds where a badly scaled bowl is least', () => {
  const bowl = (point: Float64Array, gradient: Float64Array): number => {
    let value = 0;
    point.forEach((x, i) => {
      const scale = 10 ** i;
      gradient[i] = scale * (x - i);
      value += (scale * (x - i) ** 2) / 2;
    });
    return value;
  };
  const { point, converged } = minimize(bowl, new Float64Array(5), { tolerance: 1e-9, maxIterations: 1000 });
  expect(converged).toBe(true);
  point.forEach((x, i) => expect(x).toBeCloseTo(i, 8));
});

it('minimize(f, start) says when it was stopped before', () => {
  const rosenbrock = ([x, y]: Float64Array, gradient: Float64Array): number => {
    gradient[0] = -400 * x! * (y! - x! ** 2) - 2 * (1 - x!);
    gradient[1] = 200 * (y! - x! ** 2);
    return 100 * (y! - x! ** 2) ** 2 + (1 - x!) ** 2;
  };
  const start = Float64Array.of(-1.2, 1);
  expect(minimize(rosenbrock, start, { tolerance: 1e-8, maxIterations: 5 })).toMatchObject({
    iterations: 5,
    converged: false,
  });
  const { point } = minimize(rosenbrock, start, { tolerance: 1e-8, maxIterations: 500 });
  expect([...point]).toEqual([expect.closeTo(1, 6), expect.closeTo(1, 6)]);
  expect([...start]).toEqual([-1.2, 1]);
});
