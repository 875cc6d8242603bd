import { describe, expect, test } from 'vitest';
import { classColor, classColors, inkOn, luminance, valueColor, viridis } from '../src/index.ts';
import { parseColor } from '../src/color.ts';
import { hardestDifference } from './hardest-difference.ts';

const contrast = (first: string, second: string) => {
  const [low, high] = [luminance(first), luminance(second)].sort((a, b) => a - b) as [number, number];
  return (high + 0.05) / (low + 0.05);
};

describe('class colours', () => {
  test('start with the seven of Okabe and Ito', () => {
    expect(classColors.slice(0, 7)).toEqual([
      '#e69f00',
      '#56b4e9',
      '#009e73',
      '#f0e442',
      '#0072b2',
      '#d55e00',
      '#cc79a7',
    ]);
  });

  test('of ids up to 8 apart differ by CIEDE2000 10 or more, for every eye', () => {
    const differences = classColors.flatMap((color, id) =>
      [1, 2, 3, 4, 5, 6, 7, 8].map((gap) => hardestDifference(color, classColor(id + gap))),
    );
    expect(Math.min(...differences)).toBeGreaterThan(10);
  });

  test('of any two ids of the list differ by CIEDE2000 5 or more, for every eye', () => {
    const differences = classColors.flatMap((color, id) =>
      classColors.slice(id + 1).map((other) => hardestDifference(color, other)),
    );
    expect(Math.min(...differences)).toBeGreaterThan(5);
  });

  test('classColor starts again after the list, counts back from its end, and takes other schemes', () => {
    expect(classColor(1203)).toBe(classColors[1203 % classColors.length]);
    expect(classColor(-1)).toBe(classColors.at(-1));
    expect(classColor(3, ['red', 'blue'])).toBe('blue');
  });

  test.each([0.5, NaN, Infinity])('classColor(%s) throws', (id) => {
    expect(() => classColor(id)).toThrow(RangeError);
  });
});

describe('ink', () => {
  test('inkOn stands out from every class colour by 4.5 : 1, WCAG AA', () => {
    expect(Math.min(...classColors.map((color) => contrast(color, inkOn(color))))).toBeGreaterThanOrEqual(4.5);
  });

  test.each([
    ['white', 1],
    ['black', 0],
    ['red', 0.2126],
    ['#777', 0.184475],
  ])('luminance(%s) is %d, as WCAG defines it', (color, expected) => {
    expect(luminance(color)).toBeCloseTo(expected, 5);
  });
});

describe('colours as they come in', () => {
  test.each([
    ['orange', { hex: '#ffa500', opacity: 1 }],
    ['rgba(255, 0, 0, 0.25)', { hex: '#ff0000', opacity: 0.25 }],
    ['#0f08', { hex: '#00ff00', opacity: 136 / 255 }],
  ])('parseColor(%s) gives hexadecimal digits and opacity', (color, expected) => {
    expect(parseColor(color)).toEqual(expected);
  });

  test.each(['url(#x)', '', 'red"/><script>', 'currentColor'])('parseColor refuses %j', (color) => {
    expect(() => parseColor(color)).toThrow(RangeError);
  });
});

describe('valueColor', () => {
  test('goes from end to end of the scheme, and stays there', () => {
    const at = (value: number) => valueColor(value, { domain: [0, 1] });
    expect([at(-5), at(0), at(0.5), at(1), at(9)]).toEqual([
      viridis[0],
      viridis[0],
      viridis[4],
      viridis[8],
      viridis[8],
    ]);
    expect(at(NaN)).toBe('#9e9e9e');
    expect(valueColor(0.5, { domain: [1, 0], scheme: ['#000000', '#ffffff'] })).toBe('#808080');
  });

  test('refuses a domain without extent', () => {
    expect(() => valueColor(1, { domain: [1, 1] })).toThrow(RangeError);
  });
});
