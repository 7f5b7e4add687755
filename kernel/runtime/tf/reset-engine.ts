import { currentHost } from '../display/host.js';
import { resetNameScopes } from './reset-name-scopes.js';
import { tf } from './tfjs.js';

/** What tfjs keeps of calls that are under way; its own declarations hide it. */
interface EngineState {
  kernelDepth: number;
  gradientDepth: number;
  activeTape: unknown;
  profiling: boolean;
  readonly scopeStack: readonly unknown[];
  numDataMovesStack: number[];
}

/**
 * Ends every scope, tape and profile that terminated code has left open: else no gradient can be taken any more.
 * tfjs ends them in `finally` blocks, which a terminate skips.
 */
export function resetEngine(): void {
  const engine = tf.engine();
  // SAFETY: fields of Engine's state in tfjs-core 4.22, the version that is bundled.
  const state = (engine as unknown as { readonly state: EngineState }).state;
  state.kernelDepth = 0;
  state.gradientDepth = 0;
  state.activeTape = null;
  state.profiling = false;
  state.numDataMovesStack = [];
  while (state.scopeStack.length > 0) engine.endScope();
  resetNameScopes();
}

currentHost()?.afterForce(resetEngine);
