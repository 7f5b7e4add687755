import { describe, expect, it } from 'vitest';
import { parentGone } from './parent-watch.js';

function processes(parent: number, ...alive: number[]) {
  return { now: parent, alive: new Set(alive), parent() { return this.now; }, exists(pid: number) { return this.alive.has(pid); } };
}

describe('parentGone', () => {
  it.each([undefined, ''])('watches nothing when no parent is named: %j', (named) => expect(parentGone(named, processes(7, 7), false)).toBeUndefined());

  it('sees that this process was handed to another parent', () => {
    const world = processes(7, 7);
    const isGone = parentGone('7', world, false)!;
    expect(isGone()).toBe(false);
    world.now = 1;
    expect(isGone()).toBe(true);
  });

  it('sees that a client behind a launcher has gone', () => {
    const world = processes(8, 7, 8);
    const isGone = parentGone('7', world, false)!;
    expect(isGone()).toBe(false);
    world.alive.delete(7);
    expect(isGone()).toBe(true);
  });

  it('does not miss a client that it never saw, outside of its container', () => {
    const isGone = parentGone('7', processes(8, 8), false)!;
    expect(isGone()).toBe(false);
  });

  it('asks on Windows for the parent itself: the name is a handle there, and the id never changes', () => {
    const world = processes(8, 8, 1234);
    const isGone = parentGone('1234', world, true)!;
    expect(isGone()).toBe(false);
    world.alive.delete(8);
    expect(isGone()).toBe(true);
  });
});
