/**
 * The list of cases that every layer of masked connections should pass (research note on mask peers, section 6.2) has 34 numbers.
 * Each is the title of at least one test, as in `case 14: …`; this finds those that are not.
 */
import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');

function testFiles(folder: string): string[] {
  return fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => /\.test\.m?ts$/.test(file)).map((file) => path.join(folder, file));
}

/** The numbers in titles: a string that begins with `case 7` or `cases 20 and 34`, as an argument of `it`, `describe` or what `each` returns. */
function numbers(source: string): number[] {
  const titles = source.matchAll(/\((?:'|"|`)cases? (\d+)(?: and (\d+))?\b/g);
  return [...titles].flatMap(([, first, second]) => [first, second].flatMap((number) => (number === undefined ? [] : [Number(number)])));
}

it('every case of the list is the title of a test', () => {
  const files = [path.join(root, 'kernel'), path.join(root, 'test')].flatMap(testFiles).filter((file) => file !== import.meta.filename);
  const found = new Set(files.flatMap((file) => numbers(fs.readFileSync(file, 'utf8'))));
  const all = Array.from({ length: 34 }, (_, k) => k + 1);
  expect(all.filter((number) => !found.has(number)), 'cases without a test').toEqual([]);
  expect([...found].filter((number) => !all.includes(number)), 'numbers that the list does not have').toEqual([]);
});

it('reads numbers from titles only', () => {
  expect(numbers(`it('case 3: a', f); describe.each(x)("cases 20 and 34: b", g); // case 7: no\nconst text = 'case 8';`)).toEqual([3, 20, 34]);
});
