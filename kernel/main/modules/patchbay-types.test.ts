import fs from 'node:fs';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { exportedTypes } from '../../compile/scan/type-names.js';
import { PATCHBAY_TYPES } from './patchbay-types.js';

it('names the types that the runtime exports', () => {
  const file = 'kernel/runtime/index.ts';
  // What it passes on from other files without `type` is a value.
  const values = [...fs.readFileSync(file, 'utf8').matchAll(/export (?:type )?\{([^}]*)\}/g)].flatMap(([all, names = '']) =>
    all.startsWith('export type') ? [] : names.split(',').map((name) => name.trim()).filter((name) => !name.startsWith('type ')));
  const exported = exportedTypes(ts, ts.createSourceFile(file, fs.readFileSync(file, 'utf8'), ts.ScriptTarget.ESNext));
  expect(exported?.filter((name) => !values.includes(name)).sort()).toEqual([...PATCHBAY_TYPES].sort());
});
