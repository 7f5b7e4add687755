import { expect } from 'vitest';
import type { CompiledCell, CompileOptions } from '../../kernel/compile/index.js';
import { compiler } from './session.js';

export const PLAIN: CompileOptions = { reserved: new Set(['performance', 'Map', 'toString']), mangled: new Set() };

/** The compiled cell, or the test fails with the error. */
export function compiled(source: string, options: Partial<CompileOptions> = {}): CompiledCell {
  const result = compiler.compileCell(source, { ...PLAIN, ...options });
  expect(result).toMatchObject({ ok: true });
  if (!result.ok) throw new Error(result.error.message);
  return result.cell;
}

/** What stands between the braces of the compiled function, line ends as they are. */
export function body(source: string, options: Partial<CompileOptions> = {}): string {
  const { code } = compiled(source, options);
  const match = /^'use strict';(?:async )?\(\$pb_*\) => \{([\s\S]*)\n\}$/.exec(code);
  if (match === null) throw new Error(`unexpected shape: ${code}`);
  return match[1] ?? '';
}

/** `message (line:column)` of a cell that does not compile. */
export function problem(source: string, options: Partial<CompileOptions> = {}): string {
  const result = compiler.compileCell(source, { ...PLAIN, ...options });
  if (result.ok) throw new Error(`compiled: ${result.cell.code}`);
  const { message, line, column } = result.error;
  return `${message} (${line}:${column})`;
}
