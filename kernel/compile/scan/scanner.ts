/**
 * One walk over a file: which names its expressions refer to and in which scope, and what else the passes ask about it.
 */
import type TS from 'typescript';
import type { TypeScript } from '../typescript.js';
import { isShorthand, isTypeOnly, listKind } from './bindings.js';
import { Scope } from './scope.js';

export interface Reference {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly scope: Scope;
  /** `{a}`, whose property keeps the name; `a()` and a`…`, whose `this` is undefined; anything else. */
  readonly form: 'plain' | 'shorthand' | 'callee';
  /** Inside a function: it is evaluated later than the statement. */
  readonly deferred: boolean;
  /** Index of the top-level statement. */
  readonly statement: number;
}

/** `var` in a block or in the head of a loop: it belongs to the top all the same. */
export interface NestedVar {
  readonly list: TS.VariableDeclarationList;
  readonly inLoopHead: boolean;
  readonly scope: Scope;
  readonly statement: number;
}

export interface Scan {
  readonly top: Scope;
  readonly references: readonly Reference[];
  readonly nestedVars: readonly NestedVar[];
  /** `await`, `for await` or `await using` outside any function. */
  readonly hasAwait: boolean;
  /** Only TypeScript's transform can make JavaScript of it. */
  readonly needsTransform: boolean;
  /** Offset of a `return` outside any function. */
  readonly strayReturn: number | undefined;
  /** Offset of a decorator of a parameter, which JavaScript does not have. */
  readonly strayDecorator: number | undefined;
  /** A class declares a field. */
  readonly hasFields: boolean;
  /** Names that are assigned to, by `=`, `+=`, `++` and the like, and where. */
  readonly assigned: readonly { readonly name: string; readonly scope: Scope }[];
  /** Offsets of the `import` of `import(…)`. */
  readonly dynamicImports: readonly number[];
  /** Offsets of the `import` of `import.meta`. */
  readonly importMetas: readonly number[];
  /** Offsets of all statements that are expressions, at any depth. */
  readonly expressionStatements: readonly number[];
  /** What is awaited inside a loop, in functions as well. */
  readonly loopAwaits: readonly TS.Expression[];
  /** What `for await` goes through. */
  readonly awaitedIterables: readonly TS.Expression[];
}

export function scan(ts: TypeScript, file: TS.SourceFile): Scan {
  return new Scanner(ts, file).run();
}

class Scanner implements Scan {
  readonly top = new Scope('top');
  readonly references: Reference[] = [];
  readonly nestedVars: NestedVar[] = [];
  hasAwait = false;
  needsTransform = false;
  strayReturn: number | undefined;
  strayDecorator: number | undefined;
  hasFields = false;
  readonly assigned: { name: string; scope: Scope }[] = [];
  readonly dynamicImports: number[] = [];
  readonly importMetas: number[] = [];
  readonly expressionStatements: number[] = [];
  readonly loopAwaits: TS.Expression[] = [];
  readonly awaitedIterables: TS.Expression[] = [];

  readonly #ts: TypeScript;
  readonly #file: TS.SourceFile;
  #scope: Scope = this.top;
  #statement = 0;
  /** How many functions are around. */
  #functions = 0;
  /** How many loops of the innermost function are around. */
  #loops = 0;
  #deferred = 0;

  constructor(ts: TypeScript, file: TS.SourceFile) {
    this.#ts = ts;
    this.#file = file;
  }

  run(): Scan {
    this.#file.statements.forEach((statement, index) => {
      this.#statement = index;
      if (this.#ts.isVariableStatement(statement)) {
        if (!isTypeOnly(this.#ts, statement)) this.#topVariables(statement.declarationList);
      } else this.#visit(statement);
    });
    return this;
  }

  /** One branch a kind of node: this runs for every node of a cell, and at first without V8's help. */
  readonly #visit = (node: TS.Node): void => {
    const ts = this.#ts;
    const K = ts.SyntaxKind;
    const { kind } = node;
    if (kind === K.Identifier) return this.#reference(node, 'plain');
    // Literals, keywords, operators; types.
    if (kind < K.FirstNode || (kind >= K.FirstTypeNode && kind <= K.LastTypeNode)) return;
    switch (kind) {
      case K.PropertyAccessExpression:
        if (ts.isPropertyAccessExpression(node)) return this.#visit(node.expression);
        break;
      case K.CallExpression:
      case K.TaggedTemplateExpression:
        if (ts.isCallExpression(node) || ts.isTaggedTemplateExpression(node)) return this.#call(node);
        break;
      case K.BinaryExpression:
      case K.PrefixUnaryExpression:
      case K.PostfixUnaryExpression: {
        const target = assignedBy(ts, node);
        if (target !== undefined && ts.isIdentifier(target)) this.assigned.push({ name: target.text, scope: this.#scope });
        break;
      }
      case K.ExpressionStatement:
        this.expressionStatements.push(node.getStart(this.#file));
        break;
      case K.PropertyAssignment:
        if (!ts.isPropertyAssignment(node)) break;
        this.#computedName(node.name);
        return this.#visit(node.initializer);
      case K.ShorthandPropertyAssignment:
        if (!ts.isShorthandPropertyAssignment(node)) break;
        this.#reference(node.name, 'shorthand');
        if (node.objectAssignmentInitializer !== undefined) this.#visit(node.objectAssignmentInitializer);
        return;
      case K.VariableStatement:
        if (ts.isVariableStatement(node) && !isTypeOnly(ts, node)) this.#variables(node.declarationList, false);
        return;
      case K.Block:
      case K.CaseBlock:
        return this.#within(new Scope('block', this.#scope), () => ts.forEachChild(node, this.#visit));
      case K.ForStatement:
      case K.ForInStatement:
      case K.ForOfStatement:
        return this.#loop(node);
      case K.WhileStatement:
      case K.DoStatement:
        this.#loops++;
        ts.forEachChild(node, this.#visit);
        this.#loops--;
        return;
      case K.AwaitExpression:
        if (this.#functions === 0) this.hasAwait = true;
        if (this.#loops > 0 && ts.isAwaitExpression(node)) this.loopAwaits.push(node.expression);
        break;
      case K.ReturnStatement:
        if (this.#functions === 0) this.strayReturn ??= node.getStart(this.#file);
        break;
      case K.MetaProperty:
        if (ts.isMetaProperty(node) && node.keywordToken === K.ImportKeyword) this.importMetas.push(node.getStart(this.#file));
        return;
      case K.LabeledStatement:
        if (ts.isLabeledStatement(node)) return this.#visit(node.statement);
        break;
      case K.CatchClause:
        if (ts.isCatchClause(node)) return this.#catch(node);
        break;
      case K.TypeParameter:
      case K.InterfaceDeclaration:
      case K.TypeAliasDeclaration:
      case K.ImportDeclaration:
      case K.ImportEqualsDeclaration:
      case K.ExportDeclaration:
      case K.BreakStatement:
      case K.ContinueStatement:
      // Those that leave something behind go through TypeScript's transform first.
      case K.EnumDeclaration:
      case K.ModuleDeclaration:
        return;
      case K.Decorator:
      case K.JsxElement:
      case K.JsxSelfClosingElement:
      case K.JsxFragment:
        this.needsTransform = true;
        return;
      default:
        if (ts.isFunctionLike(node)) return this.#function(node);
        if (ts.isClassLike(node)) return this.#class(node);
    }
    ts.forEachChild(node, this.#visit);
  };

  #catch({ variableDeclaration, block }: TS.CatchClause): void {
    this.#within(new Scope('catch', this.#scope), () => {
      if (variableDeclaration !== undefined) this.#bind(variableDeclaration.name, this.#scope);
      this.#visit(block);
    });
  }

  #reference(node: TS.Node, form: Reference['form']): void {
    if (!this.#ts.isIdentifier(node)) return;
    const { text, end } = node;
    // A name with an escape in it is longer than it says; for all others TypeScript need not look for the start.
    const start = this.#file.text.startsWith(text, end - text.length) ? end - text.length : node.getStart(this.#file);
    this.references.push({ name: text, start, end, scope: this.#scope, form, deferred: this.#deferred > 0, statement: this.#statement });
  }

  #within(scope: Scope, action: () => void): void {
    const outer = this.#scope;
    this.#scope = scope;
    action();
    this.#scope = outer;
  }

  #call(node: TS.CallExpression | TS.TaggedTemplateExpression): void {
    const ts = this.#ts;
    const callee = ts.isCallExpression(node) ? node.expression : node.tag;
    if (callee.kind === ts.SyntaxKind.ImportKeyword) this.dynamicImports.push(callee.getStart(this.#file));
    else if (ts.isIdentifier(callee)) this.#reference(callee, 'callee');
    else this.#visit(callee);
    if (ts.isCallExpression(node)) node.arguments.forEach(this.#visit);
    else this.#visit(node.template);
  }

  #computedName(name: TS.Node | undefined): void {
    if (name !== undefined && this.#ts.isComputedPropertyName(name)) this.#visit(name.expression);
  }

  #loop(node: TS.Node): void {
    const ts = this.#ts;
    this.#within(new Scope('block', this.#scope), () => {
      if (ts.isForOfStatement(node) && node.awaitModifier !== undefined) {
        if (this.#functions === 0) this.hasAwait = true;
        this.awaitedIterables.push(node.expression);
      }
      this.#loops++;
      ts.forEachChild(node, (child) => (ts.isVariableDeclarationList(child) ? this.#variables(child, true) : this.#visit(child)));
      this.#loops--;
    });
  }

  /** Declarations of the top itself: `topDeclarations` knows their names, here only expressions count. */
  #topVariables(list: TS.VariableDeclarationList): void {
    if (listKind(this.#ts, list) === 'await using') this.hasAwait = true;
    for (const { name, initializer } of list.declarations) {
      this.#bind(name, undefined);
      if (initializer !== undefined) this.#visit(initializer);
    }
  }

  #variables(list: TS.VariableDeclarationList, inLoopHead: boolean): void {
    const kind = listKind(this.#ts, list);
    if (kind === 'using' || kind === 'await using') this.needsTransform = true;
    if (kind === 'await using' && this.#functions === 0) this.hasAwait = true;
    let scope: Scope | undefined = this.#scope;
    if (kind === 'var') {
      while (scope !== undefined && scope.kind !== 'function' && scope.kind !== 'top') scope = scope.parent;
      if (scope?.kind !== 'function') {
        this.nestedVars.push({ list, inLoopHead, scope: this.#scope, statement: this.#statement });
        scope = undefined;
      }
    }
    for (const { name, initializer } of list.declarations) {
      if (kind === 'var' && scope === undefined) this.#assignTargets(name);
      else this.#bind(name, scope);
      if (initializer !== undefined) this.#visit(initializer);
    }
  }

  /** Adds what a binding name binds to `scope`, and visits the expressions in it. */
  #bind(name: TS.BindingName, scope: Scope | undefined): void {
    if (this.#ts.isIdentifier(name)) return scope?.add(name.text);
    for (const element of name.elements) {
      if (!this.#ts.isBindingElement(element)) continue;
      this.#computedName(element.propertyName);
      this.#bind(element.name, scope);
      if (element.initializer !== undefined) this.#visit(element.initializer);
    }
  }

  /** The names of a nested `var` become targets of an assignment to the top. */
  #assignTargets(name: TS.BindingName): void {
    if (this.#ts.isIdentifier(name)) return this.#reference(name, 'plain');
    for (const element of name.elements) {
      if (!this.#ts.isBindingElement(element)) continue;
      this.#computedName(element.propertyName);
      if (isShorthand(this.#ts, name, element)) this.#reference(element.name, 'shorthand');
      else this.#assignTargets(element.name);
      if (element.initializer !== undefined) this.#visit(element.initializer);
    }
  }

  #function(node: TS.SignatureDeclaration): void {
    const ts = this.#ts;
    if (!('body' in node) || node.body === undefined) return;
    this.#decorated(node);
    this.#computedName(node.name);
    if (ts.isFunctionDeclaration(node) && node.name !== undefined) this.#scope.add(node.name.text);
    const scope = new Scope('function', this.#scope);
    if (ts.isFunctionExpression(node) && node.name !== undefined) scope.add(node.name.text);
    const { body } = node;
    this.#nested(scope, true, () => {
      for (const parameter of node.parameters) {
        const decorator = parameter.modifiers?.find(ts.isDecorator);
        if (decorator !== undefined) this.strayDecorator ??= decorator.getStart(this.#file);
        this.#bind(parameter.name, scope);
        if (parameter.initializer !== undefined) this.#visit(parameter.initializer);
      }
      if (ts.isBlock(body)) body.statements.forEach(this.#visit);
      else this.#visit(body);
    });
  }

  #nested(scope: Scope, deferred: boolean, action: () => void): void {
    const loops = this.#loops;
    this.#loops = 0;
    this.#functions++;
    if (deferred) this.#deferred++;
    this.#within(scope, action);
    if (deferred) this.#deferred--;
    this.#functions--;
    this.#loops = loops;
  }

  #class(node: TS.ClassLikeDeclaration): void {
    const ts = this.#ts;
    if (ts.isClassDeclaration(node) && isTypeOnly(ts, node)) return;
    this.#decorated(node);
    const scope = new Scope('block', this.#scope);
    if (node.name !== undefined) {
      // The body of a class sees its own binding of the name.
      scope.add(node.name.text);
      if (ts.isClassDeclaration(node) && this.#scope !== this.top) this.#scope.add(node.name.text);
    }
    this.#within(scope, () => {
      for (const clause of node.heritageClauses ?? []) {
        if (clause.token === ts.SyntaxKind.ExtendsKeyword) clause.types.forEach(this.#visit);
      }
      node.members.forEach(this.#member);
    });
  }

  readonly #member = (member: TS.ClassElement): void => {
    const ts = this.#ts;
    this.#decorated(member);
    if (ts.isClassStaticBlockDeclaration(member)) {
      return this.#nested(new Scope('function', this.#scope), false, () => member.body.statements.forEach(this.#visit));
    }
    if (!ts.isPropertyDeclaration(member)) return this.#visit(member);
    const modifiers = member.modifiers?.map(({ kind }) => kind) ?? [];
    if (modifiers.includes(ts.SyntaxKind.DeclareKeyword) || modifiers.includes(ts.SyntaxKind.AbstractKeyword)) return;
    this.hasFields = true;
    if (modifiers.includes(ts.SyntaxKind.AccessorKeyword)) this.needsTransform = true;
    this.#computedName(member.name);
    const { initializer } = member;
    if (initializer !== undefined) {
      this.#nested(new Scope('function', this.#scope), !modifiers.includes(ts.SyntaxKind.StaticKeyword), () => this.#visit(initializer));
    }
  };

  #decorated(node: TS.Node): void {
    if (this.#ts.canHaveDecorators(node) && this.#ts.getDecorators(node) !== undefined) this.needsTransform = true;
  }
}

/** The target of `=`, `+=`, `++` and the like. */
function assignedBy(ts: TypeScript, node: TS.Node): TS.Expression | undefined {
  if (ts.isBinaryExpression(node)) {
    const { kind } = node.operatorToken;
    return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment ? node.left : undefined;
  }
  if (!ts.isPrefixUnaryExpression(node) && !ts.isPostfixUnaryExpression(node)) return undefined;
  return node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken ? node.operand : undefined;
}
