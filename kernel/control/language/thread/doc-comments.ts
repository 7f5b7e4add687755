/**
 * Doc comments of declaration files, parsed when somebody asks for them. They are more than half of all that is declared, and
 * the first answer would wait for them.
 *
 * TypeScript reads a node's comments from its `jsDoc`, which its parser fills. Here declaration files are parsed without, and
 * `jsDoc` is filled just before a symbol or signature is asked for its documentation. What is deprecated must be known at once,
 * since completion and hints show it: those nodes get their comments with the file.
 */
import type TS from 'typescript';
import type { TypeScript } from '../../load-typescript.js';

/** What TypeScript has but does not declare. doc-comments.test.ts holds it against what the parser itself does. */
interface Internals {
  readonly parseIsolatedJSDocComment: (content: string, start: number, length: number) => { readonly jsDoc: TS.JSDoc } | undefined;
  readonly getJSDocCommentRanges: (node: TS.Node, text: string) => readonly TS.TextRange[] | undefined;
  readonly canHaveJSDoc: (node: TS.Node) => boolean;
  readonly objectAllocator: Readonly<Record<'getSymbolConstructor' | 'getSignatureConstructor', () => { readonly prototype: object }>>;
  readonly NodeFlags: { readonly Deprecated: number };
}

const DECLARATIONS = /\.d\.[cm]?ts$/;
const DOCUMENTED = ['getDocumentationComment', 'getContextualDocumentationComment', 'getJsDocTags', 'getContextualJsDocTags'];

/** The documents of a language service whose declaration files have their comments parsed late. */
export function lateDocComments(ts: TypeScript): TS.DocumentRegistry {
  const comments = commentsOf(ts);
  const whole = ts.createDocumentRegistry();
  const jsDocParsingMode = ts.JSDocParsingMode.ParseNone;
  const bare = ts.createDocumentRegistry(ts.sys.useCaseSensitiveFileNames, '', jsDocParsingMode);
  const marked = (source: TS.SourceFile): TS.SourceFile => {
    comments.markDeprecated(source);
    return source;
  };
  const without = (options: TS.CreateSourceFileOptions | TS.ScriptTarget | undefined): TS.CreateSourceFileOptions | TS.ScriptTarget | undefined => (typeof options === 'object' ? { ...options, jsDocParsingMode } : options);
  return {
    ...whole,
    acquireDocumentWithKey: (file, path, settings, key, text, version, kind, options) =>
      DECLARATIONS.test(path) ? marked(bare.acquireDocumentWithKey(file, path, settings, key, text, version, kind, without(options))) : whole.acquireDocumentWithKey(file, path, settings, key, text, version, kind, options),
    updateDocumentWithKey: (file, path, settings, key, text, version, kind, options) =>
      DECLARATIONS.test(path) ? marked(bare.updateDocumentWithKey(file, path, settings, key, text, version, kind, without(options))) : whole.updateDocumentWithKey(file, path, settings, key, text, version, kind, options),
    releaseDocumentWithKey: (path: TS.Path, key: TS.DocumentRegistryBucketKey, kind = ts.ScriptKind.TS, format?: TS.ResolutionMode) => (DECLARATIONS.test(path) ? bare : whole).releaseDocumentWithKey(path, key, kind, format),
  };
}

interface Comments {
  markDeprecated(file: TS.SourceFile): void;
}

/** One for each TypeScript, whose classes it changes. */
const known = new WeakMap<TypeScript, Comments>();

function commentsOf(ts: TypeScript): Comments {
  const found = known.get(ts);
  if (found !== undefined) return found;
  // SAFETY: members of the TypeScript that we bundle; the test beside this file fails for one that is not there.
  const internals = ts as unknown as Internals;
  const { canHaveJSDoc, getJSDocCommentRanges, parseIsolatedJSDocComment, objectAllocator, NodeFlags } = internals;
  const parsed = new WeakSet<TS.Node>();

  const isDeprecation = ({ tags }: TS.JSDoc): boolean => tags?.some(ts.isJSDocDeprecatedTag) === true;

  /** Parsed alone, `@deprecated` would stay in the parser's mind for whatever it parses next: so that is nothing. */
  const fill = (node: TS.Node, text: string): readonly TS.JSDoc[] => {
    parsed.add(node);
    const ranges = canHaveJSDoc(node) ? (getJSDocCommentRanges(node, text) ?? []) : [];
    const comments = ranges.map(({ pos, end }) => parseIsolatedJSDocComment(text, pos, end - pos)?.jsDoc).filter((comment) => comment !== undefined);
    for (const comment of comments) Reflect.set(comment, 'parent', node);
    if (comments.some(isDeprecation)) ts.createSourceFile('next.ts', '/** */ next;', ts.ScriptTarget.ESNext);
    // Also where there is none: what TypeScript remembers of a node's comments lies there too.
    Reflect.set(node, 'jsDoc', comments.length === 0 ? undefined : comments);
    return comments;
  };

  /** The comments of a parameter are its function's, those of a variable its statement's. */
  const fillAround = (declaration: TS.Node): void => {
    // A node that the checker has made up lies in no file.
    const file: TS.SourceFile | undefined = declaration.getSourceFile();
    if (file === undefined || Reflect.get(file, 'jsDocParsingMode') !== ts.JSDocParsingMode.ParseNone) return;
    for (let node = declaration; !ts.isSourceFile(node) && !ts.isModuleBlock(node); node = node.parent) if (!parsed.has(node)) fill(node, file.text);
  };

  for (const { prototype } of [objectAllocator.getSymbolConstructor(), objectAllocator.getSignatureConstructor()]) {
    for (const name of DOCUMENTED) {
      const own: unknown = Reflect.get(prototype, name);
      if (typeof own !== 'function') continue;
      Reflect.set(prototype, name, function (this: { readonly declarations?: readonly TS.Declaration[]; readonly declaration?: TS.Declaration }, ...parameters: unknown[]): unknown {
        this.declarations?.forEach(fillAround);
        if (this.declaration !== undefined) fillAround(this.declaration);
        const documented: unknown = Reflect.apply(own, this, parameters);
        return documented;
      });
    }
  }

  const comments: Comments = {
    markDeprecated(file) {
      if (parsed.has(file)) return;
      parsed.add(file);
      const { text } = file;
      const marks = [...text.matchAll(/@deprecated\b/g)].map(({ index }) => index);
      let next = 0;
      const visit = (node: TS.Node): void => {
        while (next < marks.length && (marks[next] ?? 0) < node.pos) next++;
        const mark = marks[next];
        if (mark === undefined || mark >= node.end) return;
        if (canHaveJSDoc(node) && mark < commentsEnd(ts, node, text)) {
          if (fill(node, text).some(isDeprecation)) Reflect.set(node, 'flags', node.flags | NodeFlags.Deprecated);
          next++;
        }
        ts.forEachChild(node, visit);
      };
      ts.forEachChild(file, visit);
    },
  };
  known.set(ts, comments);
  return comments;
}

/** Where the comments before the node's first token end. */
function commentsEnd(ts: TypeScript, { pos }: TS.Node, text: string): number {
  return Math.max(pos, ...[ts.getTrailingCommentRanges(text, pos) ?? [], ts.getLeadingCommentRanges(text, pos) ?? []].flat().map(({ end }) => end));
}
