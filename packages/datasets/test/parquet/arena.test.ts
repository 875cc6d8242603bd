import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createArena } from '../../src/parquet/arena.ts';

it('pieces of an arena never overlap until they are taken back, and lie on multiples of 8', () => {
  const rounds = fc.array(fc.array(fc.nat(100), { maxLength: 6 }), { maxLength: 6 });
  fc.assert(
    fc.property(rounds, (lengths) => {
      const arena = createArena();
      for (const round of lengths) {
        arena.reset();
        const pieces = round.map((length, at) => arena.take(length).fill(at));
        expect(pieces.map((piece) => [piece.length, piece.byteOffset % 8])).toEqual(round.map((length) => [length, 0]));
        for (const [at, piece] of pieces.entries()) expect(piece.every((value) => value === at)).toBe(true);
      }
    }),
  );
});

it('an arena gives the same memory again once it is large enough', () => {
  const arena = createArena();
  arena.take(100);
  arena.reset();
  const first = arena.take(100);
  arena.reset();
  expect(arena.take(100).buffer).toBe(first.buffer);
});
