import { describe, expect, it } from 'vitest';
import { durationText, progressLine } from '../src/terminal/progress-line.ts';

const parts = { label: 'predict', done: 37, total: 209, failed: 0, rate: 8.7, unit: 'images' };

describe('progressLine', () => {
  it.each([
    [100, 'predict ████░░░░░░░░░░░░░░░░░░░░ 37/209 · 0 failed · 8.7 images/s · 20 s left'],
    [66, 'predict ██░░░░░░░░ 37/209 · 0 failed · 8.7 images/s · 20 s left'],
    [54, 'predict 37/209 · 0 failed · 8.7 images/s · 20 s left'],
    [40, '37/209 · 8.7 images/s · 20 s left'],
    [30, '37/209 · 8.7/s · 20 s left'],
    [20, '8.7/s · 20 s left'],
    [12, '20 s left'],
    [5, '20 s'],
  ])('in %s columns keeps how fast it goes and how long it takes', (columns, line) => {
    expect(progressLine(parts, columns)).toBe(line);
  });

  it('keeps failures as long as there are some', () => {
    expect(progressLine({ ...parts, failed: 3 }, 45)).toBe('37/209 · 3 failed · 8.7 images/s · 20 s left');
  });

  it('never fills the last column, where a terminal would begin a new line', () => {
    for (let columns = 1; columns < 120; columns++) {
      expect(progressLine(parts, columns).length).toBeLessThan(Math.max(columns, 1));
    }
  });

  it.each([
    [60, 'predict 37 images · 0 failed · 8.7 images/s'],
    [30, '37 · 8.7 images/s'],
    [10, '37'],
    [2, '3'],
  ])('in %s columns counts where nobody knows how many there will be', (columns, line) => {
    expect(progressLine({ ...parts, total: null }, columns)).toBe(line);
  });

  it('says nothing of the time before it knows how fast it goes', () => {
    expect(progressLine({ ...parts, rate: 0 }, 40)).toBe('37/209 · 0.0 images/s · ? left');
  });
});

describe('durationText', () => {
  it.each([
    [0, '0 s'],
    [44.2, '45 s'],
    [200, '3 min 20 s'],
    [7500, '2 h 5 min'],
  ])('of %s seconds is %s', (seconds, text) => {
    expect(durationText(seconds)).toBe(text);
  });
});
