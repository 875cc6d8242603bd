/** How the numbers of one image lie: `channels` at each of `count` positions, with these steps
 * between them.
 */
export interface Positions {
  readonly channels: number;
  readonly count: number;
  readonly channelStep: number;
  readonly positionStep: number;
}

/** One vector [channels] of all positions: their mean, their maximum, or the first of them. */
export function pooled(
  data: Float32Array,
  { channels, count, channelStep, positionStep }: Positions,
  pool: 'mean' | 'max' | 'first',
): Float32Array {
  const vector = new Float32Array(channels);
  for (let channel = 0; channel < channels; channel++) {
    let result = data[channel * channelStep]!;
    const last = pool === 'first' ? 1 : count;
    for (let position = 1; position < last; position++) {
      const value = data[channel * channelStep + position * positionStep]!;
      result = pool === 'max' ? Math.max(result, value) : result + value;
    }
    vector[channel] = pool === 'mean' ? result / count : result;
  }
  return vector;
}
