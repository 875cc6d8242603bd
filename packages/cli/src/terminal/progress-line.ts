/** What a line of progress says. */
export interface ProgressParts {
  readonly label: string;
  readonly done: number;
  /** Null when unknown. */
  readonly total: number | null;
  readonly failed: number;
  /** A second; 0 where it is not known yet. */
  readonly rate: number;
  readonly unit: string;
}

/** A line of progress that fits into so many columns. What is left out first is the bar, then
 * words; how fast it goes and how long it takes stay to the last.
 * @example progressLine({ label: 'predict', done: 37, total: 209, failed: 0, rate: 8.7, unit: 'images' }, 40) // '37/209 · 8.7 images/s · 20 s left'
 */
export function progressLine(parts: ProgressParts, columns: number): string {
  const { label, done, total, failed, rate, unit } = parts;
  const counts = total === null ? String(done) : `${done}/${total}`;
  const failures = `${failed} failed`;
  const speed = `${rate.toFixed(1)} ${unit}/s`;
  if (total === null) {
    return firstThatFits([join(`${label} ${counts} ${unit}`, failures, speed), join(counts, speed), counts], columns);
  }
  const left = `${rate > 0 ? durationText((total - done) / rate) : '?'} left`;
  const short = [counts, ...(failed > 0 ? [failures] : []), `${rate.toFixed(1)}/s`, left];
  const lines = [
    join(`${label} ${barOf(parts, 24)} ${counts}`, failures, speed, left),
    join(`${label} ${barOf(parts, 10)} ${counts}`, failures, speed, left),
    join(`${label} ${counts}`, failures, speed, left),
    join(counts, ...(failed > 0 ? [failures] : []), speed, left),
    join(...short),
    join(`${rate.toFixed(1)}/s`, left),
    left,
  ];
  return firstThatFits(lines, columns);
}

function firstThatFits(lines: readonly string[], columns: number): string {
  return lines.find((line) => line.length < columns) ?? lines.at(-1)!.slice(0, Math.max(0, columns - 1));
}

/** A time in its two largest units: `45 s`, `3 min 20 s`, `2 h 5 min`. */
export function durationText(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${whole % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

function join(...parts: readonly string[]): string {
  return parts.join(' · ');
}

function barOf({ done, total }: ProgressParts, width: number): string {
  const filled = total !== null && total > 0 ? Math.round((width * Math.min(done, total)) / total) : width;
  return '█'.repeat(filled) + '░'.repeat(width - filled);
}
