import type { SessionInfo, SessionPlan, TensorMap } from '@qualm/types';

/** What a thread opens its session with. */
export interface SessionStart extends Pick<SessionPlan, 'module' | 'options'> {
  readonly first: SessionInfo | undefined;
  /** Whether the plan's module is what the thread runs, and not an entry that imports it. */
  readonly isAlone: boolean;
  /** What such an entry gets. */
  readonly data: unknown;
}

/** A run of the session, or a request to the entry that uses it. */
export type SessionRequest =
  { readonly inputs: TensorMap; readonly outputs: readonly string[] } | { readonly ask: unknown };
