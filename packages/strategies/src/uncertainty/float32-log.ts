const tableBits = 10;
const lowBits = 23 - tableBits;
const centers = /* @__PURE__ */ Float64Array.from({ length: (1 << tableBits) + 1 }, (_, i) => 1 + i / (1 << tableBits));
const logs = /* @__PURE__ */ centers.map(Math.log);
const scales = /* @__PURE__ */ centers.map((center) => 2 ** -23 / center);

/** ln of the positive, normal float32 with these bits, to about 1e-14, several times as fast as `Math.log`.
 *
 * x = 2^e m, and m = c (1 + r) with c the nearest of 1025 points from 1 to 2: ln x = e ln 2 + ln c + ln(1 + r), where
 * |r| < 2^-11 leaves a remainder of r^4 / 4 < 2^-46 after three terms.
 */
export function logOfFloat32(bits: number): number {
  const mantissa = bits & 0x7fffff;
  const nearest = (mantissa + (1 << (lowBits - 1))) >>> lowBits;
  const r = (mantissa - (nearest << lowBits)) * scales[nearest]!;
  return ((bits >>> 23) - 127) * Math.LN2 + logs[nearest]! + r * (1 - r * (0.5 - r / 3));
}
