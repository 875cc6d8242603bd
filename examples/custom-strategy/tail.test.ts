import { testStrategy } from '@qualm/testkit';
import * as vitest from 'vitest';
import { tail } from './tail.ts';

// Of two classes nothing lies outside the best two.
testStrategy({ vitest, strategy: tail, numClasses: [3, 10, 90] });
