import { expect, it } from 'vitest';
import { clientOf } from './client-of.js';

it.each([
  [['node', 'main.js'], { pipe: 3 }],
  [['node', 'main.js', '--connection-file', '/a b.json'], { connectionFile: '/a b.json' }],
  [['node', 'main.js', '--connection-file'], { pipe: 3 }],
])('the client of %j is %j', (argv, client) => expect(clientOf(argv)).toEqual(client));
