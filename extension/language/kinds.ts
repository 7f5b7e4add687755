/** TypeScript's names of what a name stands for (ts.ScriptElementKind), as the names of VS Code's kinds. */

export type CompletionKind = 'Class' | 'Constant' | 'Constructor' | 'Enum' | 'EnumMember' | 'Field' | 'File' | 'Folder' | 'Function' | 'Interface' | 'Keyword' | 'Method' | 'Module' | 'Property' | 'Snippet' | 'Text' | 'TypeParameter' | 'Unit' | 'Variable';

const COMPLETION_KINDS = new Map<string, CompletionKind>([
  ['keyword', 'Keyword'],
  ['primitive type', 'Keyword'],
  ['script', 'File'],
  ['module', 'Module'],
  ['external module name', 'Module'],
  ['directory', 'Folder'],
  ['class', 'Class'],
  ['local class', 'Class'],
  ['interface', 'Interface'],
  ['type', 'Class'],
  ['enum', 'Enum'],
  ['enum member', 'EnumMember'],
  ['var', 'Variable'],
  ['local var', 'Variable'],
  ['let', 'Variable'],
  ['const', 'Constant'],
  ['using', 'Variable'],
  ['await using', 'Variable'],
  ['parameter', 'Variable'],
  ['alias', 'Variable'],
  ['function', 'Function'],
  ['local function', 'Function'],
  ['method', 'Method'],
  ['construct', 'Method'],
  ['call', 'Method'],
  ['index', 'Method'],
  ['constructor', 'Constructor'],
  ['property', 'Field'],
  ['getter', 'Field'],
  ['setter', 'Field'],
  ['accessor', 'Field'],
  ['type parameter', 'TypeParameter'],
  ['string', 'Constant'],
  ['label', 'Text'],
  ['warning', 'Text'],
]);

/** As VS Code's own TypeScript shows them. An unknown name is a property. */
export const completionKind = (kind: string): CompletionKind => COMPLETION_KINDS.get(kind) ?? 'Property';
