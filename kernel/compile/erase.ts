import { blankSourceFile } from 'ts-blank-space';
import type TS from 'typescript';
import type { TypeScript } from './typescript.js';

/**
 * The text with its types replaced by spaces; every other character stays where it was.
 * `unsupported` is true when something needs TypeScript's own transform instead: an enum, a namespace, a parameter property.
 *
 * `ts-blank-space` imports `typescript` itself; the kernel answers that with the instance it loaded
 * (kernel/control/provide-typescript.ts), so that both agree on what a syntax kind is.
 */
export function eraseTypes(ts: TypeScript, file: TS.SourceFile): { text: string; unsupported: boolean } {
  let unsupported = false;
  const text = blankSourceFile(file, (node) => {
    // These two are statements of ours: see passes/module-syntax.ts.
    const ours = ts.isImportEqualsDeclaration(node) || ts.isExportAssignment(node);
    unsupported ||= !ours;
  });
  return { text, unsupported };
}
