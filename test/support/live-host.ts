/** What tests of a training that is under way need: a host, and a clock that stands until it is moved. */
import { afterEach, beforeEach, vi } from 'vitest';
import { installHost, RecordingHost, removeHost } from './host.js';

/** Called where a suite's hooks are set: each test has a new host, and `vi.advanceTimersByTime` moves `performance.now()`. */
export function liveHost(): () => RecordingHost {
  let host = new RecordingHost();
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['performance'] });
    installHost((host = new RecordingHost()));
  });
  afterEach(() => {
    removeHost();
    vi.useRealTimers();
  });
  return () => host;
}
