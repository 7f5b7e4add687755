/** How a reader looks at loss curves. */
import type { Range } from './range.js';

export interface Look {
  readonly logX: boolean;
  readonly logY: boolean;
  /** 0 to MAX_SMOOTHING. */
  readonly smoothing: number;
  /** The range of y follows the last fifth of the curves. */
  readonly recent: boolean;
  /** The epochs that are seen; default all. */
  readonly epochs?: Range;
}

export const PLAIN_LOOK: Look = { logX: false, logY: false, smoothing: 0, recent: false };
