const float = new Float64Array(1);
const words = new Uint32Array(float.buffer);

/** 32 well-mixed bits of a seed and an id: numbers by their float64 bits, text by its UTF-16 units.
 * The mixing is MurmurHash3's, of 32 bits. @see
 * https://github.com/aappleby/smhasher/wiki/MurmurHash3
 */
export function hash32(seed: number, id: number | string): number {
  let state = mixNumber(0, seed);
  if (typeof id === 'number') state = mixNumber(state, id);
  else for (let i = 0; i < id.length; i++) state = mix(state, id.charCodeAt(i));
  state ^= state >>> 16;
  state = Math.imul(state, 0x85ebca6b);
  state ^= state >>> 13;
  state = Math.imul(state, 0xc2b2ae35);
  return (state ^ (state >>> 16)) >>> 0;
}

function mixNumber(state: number, value: number): number {
  float[0] = value + 0;
  return mix(mix(state, words[0]!), words[1]!);
}

function mix(state: number, word: number): number {
  let bits = Math.imul(word, 0xcc9e2d51);
  bits = (bits << 15) | (bits >>> 17);
  const mixed = state ^ Math.imul(bits, 0x1b873593);
  return (Math.imul((mixed << 13) | (mixed >>> 19), 5) + 0xe6546b64) | 0;
}
