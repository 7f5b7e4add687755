/**
 * Which function answers which request.
 */
import type { ThreadMethod, ThreadMethods } from '../messages.js';
import { codeFixes } from './code-fixes.js';
import { complete, resolveCompletion } from './completion.js';
import { diagnose } from './diagnostics.js';
import { hover, signatureHelp } from './hover.js';
import type { Language } from './language.js';
import { definition, references } from './navigation.js';
import { prepareRename, rename } from './rename.js';
import { SessionCells } from './session.js';
import { symbols } from './symbols.js';

type Handlers = { readonly [Method in ThreadMethod]: (params: ThreadMethods[Method][0]) => ThreadMethods[Method][1] };

export function requestHandlers(language: Language): Handlers {
  const editor = language.context('editor');
  let cells: SessionCells | undefined;
  const session = (): SessionCells => (cells ??= new SessionCells(language.context('session')));
  return {
    'notebook/open': (params) => {
      editor.notebook.open(params.cells);
      return null;
    },
    'notebook/change': (params) => {
      editor.notebook.change(params.changes);
      return null;
    },
    'completion': ({ position, ...options }) => complete(editor, editor.place(position), options) ?? null,
    'completion/resolve': ({ position, item }) => resolveCompletion(editor, editor.place(position), item) ?? null,
    'hover': ({ position }) => hover(editor, editor.place(position)) ?? null,
    'signatureHelp': ({ position }) => signatureHelp(editor, editor.place(position)) ?? null,
    'definition': ({ position }) => definition(editor, editor.place(position)) ?? null,
    'references': ({ position }) => references(editor, editor.place(position)),
    'rename/prepare': ({ position }) => prepareRename(editor, editor.place(position)),
    'rename': ({ position, newName }) => rename(editor, editor.place(position), newName),
    'symbols': ({ cell }) => symbols(editor, editor.require(cell)),
    'diagnostics': ({ cell }) => diagnose(editor, editor.require(cell)),
    'codeFixes': ({ cell, range, codes }) => codeFixes(editor, editor.require(cell), range, codes),
    'file/bundled': ({ file }) => {
      const text = language.bundled(file);
      return text === undefined ? null : { text };
    },
    'session/executed': ({ id, text, keep }) => session().executed(id, text, keep),
    'session/diagnostics': ({ id }) => session().diagnostics(id),
    'session/check': ({ text }) => session().check(text),
    'session/complete': ({ code, offset }) => session().complete(code, offset),
    'session/inspect': ({ code, offset }) => session().inspect(code, offset) ?? null,
  };
}
