import { describe, expect, it } from 'vitest';
import { nearestOf } from './spelling.js';

describe('the name that is meant', () => {
  it.each([
    ['losess', ['losses', 'rate'], 'losses'],
    ['Loses', ['loser', 'losses'], 'loser'],
    ['trian', ['train', 'trains'], 'train'],
    ['x', ['y', 'z'], undefined],
    ['same', ['same'], undefined],
    ['epochCount', ['count', 'epoch'], undefined],
    ['epochCout', ['count', 'epochCount'], 'epochCount'],
  ])('by %s of %j is %s', (word, names, meant) => expect(nearestOf(word, names)).toBe(meant));
});
