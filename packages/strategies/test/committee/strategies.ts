import {
  bald,
  consensusEntropy,
  expectedEntropy,
  maxKullbackLeibler,
  meanKullbackLeibler,
  predictiveVariance,
  variationRatio,
  voteEntropy,
} from '../../src/index.ts';
import type { CommitteeStrategy } from '../../src/index.ts';

/** Those that are 0 where all members agree. */
export const disagreements: readonly CommitteeStrategy[] = [
  bald,
  meanKullbackLeibler,
  maxKullbackLeibler,
  predictiveVariance,
  voteEntropy,
  variationRatio,
];

export const all: readonly CommitteeStrategy[] = [...disagreements, consensusEntropy, expectedEntropy];
