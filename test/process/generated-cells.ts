/** Builds valid cells out of numbers: what may stand where depends on what stood before. */

export const NUMBERS = ['a', 'b', 'c'] as const;
export const FUNCTIONS = ['f', 'g'] as const;
export const OBJECTS = ['o', 'p'] as const;
export const CLASSES = ['K', 'L'] as const;
export const IMPORTED = ['sep', 'EOL'] as const;
export const GENERATED_NAMES = [...NUMBERS, ...FUNCTIONS, ...OBJECTS, ...CLASSES, ...IMPORTED];

type Keyword = 'const' | 'let' | 'var' | 'function' | 'class' | 'import';

export class CellBuilder {
  readonly #next: () => number;
  /** What earlier cells, and this one so far, declared. */
  readonly #session = new Map<string, Keyword>();
  /** Names that this cell declares: they belong to it from its first line on, and are used after their declaration only. */
  #mine: ReadonlySet<string> = new Set();
  #declared = new Set<string>();

  constructor(choices: readonly number[]) {
    let at = 0;
    this.#next = () => choices[at++ % choices.length] ?? 0;
  }

  cell(): string {
    this.#declared = new Set();
    const numbers = NUMBERS.filter(() => this.#chance(2));
    const object = this.#chance(3) ? this.#pick(OBJECTS) : undefined;
    const named = this.#chance(3) ? this.#pick(FUNCTIONS) : undefined;
    const klass = this.#chance(4) ? this.#pick(CLASSES) : undefined;
    const imported = this.#chance(6) ? this.#pick(IMPORTED) : undefined;
    this.#mine = new Set([...numbers, object, named, klass, imported].filter((name) => name !== undefined));
    const statements: string[] = imported === undefined ? [] : [this.#import(imported)];
    for (const name of numbers) {
      if (this.#chance(3)) statements.push(this.#statement());
      statements.push(this.#declare(name, this.#number(name)));
    }
    if (object !== undefined) statements.push(this.#declare(object, this.#object(object)));
    statements.push(this.#statement());
    // Not together with `await`: tslab's closures lose the variables of such cells.
    if (klass !== undefined) statements.push(this.#declare(klass, this.#class(klass)));
    if (named !== undefined) statements.push(this.#declare(named, this.#function(named)));
    if (this.#chance(3)) statements.push(this.#statement());
    return statements.filter(Boolean).join(this.#pick(['\n', '; ', '\n\n', '\n// a comment; const a = 1\n']));
  }

  #chance(of: number): boolean {
    return this.#next() % of === 0;
  }

  #pick<T>(from: readonly T[]): T {
    const found = from[this.#next() % from.length];
    if (found === undefined) throw new Error('nothing to choose from');
    return found;
  }

  #isThere(name: string): boolean {
    return this.#mine.has(name) ? this.#declared.has(name) : this.#session.has(name);
  }

  #declare(name: string, [keyword, source]: readonly [Keyword, string]): string {
    this.#session.set(name, keyword);
    this.#declared.add(name);
    return source;
  }

  #import(name: (typeof IMPORTED)[number]): string {
    const source = name === 'sep' ? 'path' : 'os';
    return this.#declare(name, ['import', this.#pick([`import { ${name} } from '${source}'`, `import * as ${name}Module from '${source}'; const ${name} = ${name}Module.${name}`, `import ${name}Default from 'node:${source}'; const { ${name} } = ${name}Default`])]);
  }

  #number(name: string): readonly [Keyword, string] {
    const keyword = this.#pick(['const', 'let', 'var'] as const);
    const value = this.#expression();
    return [
      keyword,
      this.#pick([
        `${keyword} ${name} = ${value}`,
        `${keyword} ${name}: number = (${value}) as number`,
        `${keyword} { x: [${name}] } = { x: [${value}] }`,
        `${keyword} [, ${name} = ${value}] = [1, undefined] as (number | undefined)[]`,
        `${keyword} { length: ${name} } = Array.from({ length: Math.abs(${value}) % 5 })`,
        `${keyword} ${name} = await Promise.resolve<number>(${value})`,
        `${keyword} ${name} = ((x: number) => x - 1)(${value})`,
        `${keyword} ${name} = [1, 2, 3].map((x) => x * ${value}).reduce((x, y) => x + y, 0)`,
        `${keyword} ${name} = { get x(): number { return ${value} } }.x`,
      ]),
    ];
  }

  #object(name: string): readonly [Keyword, string] {
    const keyword = this.#pick(['const', 'let'] as const);
    const value = this.#expression();
    const usable = NUMBERS.filter((one) => this.#isThere(one));
    const [field] = usable.length > 0 ? [this.#pick(usable)] : [];
    const more = field === undefined ? '' : `, ${field}: ${field}`;
    return [keyword, this.#pick([`${keyword} ${name} = { n: ${value}${more} }`, `${keyword} ${name} = { ...{ n: 0, m: 1 }, n: ${value} }`, `${keyword} ${name} = Object.assign({ n: 1 }, { n: ${value} })`, `${keyword} ${name} = { n: ${value}, ['k' + 1]: [${value}] }`])];
  }

  #class(name: string): readonly [Keyword, string] {
    const value = this.#late();
    return ['class', this.#pick([`class ${name} { n = ${value}; twice() { return this.n * 2 } }`, `class ${name} { static s = 1; #p = ${value}; get n() { return this.#p + ${name}.s } toJSON() { return this.n } }`, `class ${name} extends Array<number> { constructor(public n = ${value}) { super() } }`])];
  }

  /** A function over variables of earlier cells. */
  #function(name: string): readonly [Keyword, string] {
    const body = this.#late();
    const forms: (readonly [Keyword, string])[] = [
      ['function', `function ${name}() { return ${body} }`],
      ['function', `function ${name}(x = ${body}) { { let y = x; for (const z of [1, 2]) y += z; return y } }`],
      ['const', `const ${name} = () => ${body}`],
      ['const', `const ${name} = function (this: unknown) { return ${body} }`],
      ['let', `let ${name} = (x: number = 1): number => x > 2 ? x : ${body}`],
    ];
    return this.#pick(forms);
  }

  /** A statement that changes what can be changed. */
  #statement(): string {
    const targets = NUMBERS.filter((name) => this.#isThere(name) && (this.#session.get(name) === 'let' || this.#session.get(name) === 'var'));
    if (targets.length === 0) return '';
    const target = this.#pick(targets);
    const value = this.#expression();
    return this.#pick([
      `${target} = ${value}`,
      `${target} += ${value}`,
      `${target}++`,
      `for (let i = 0; i < 3; i++) { ${target} += i }`,
      `for (const x of [1, 2, 3]) { if (x === 2) continue; ${target} -= x }`,
      `{ let n = 3; while (n-- > 0) ${target}++ }`,
      `{ const ${target} = 1000; void ${target} }`,
      `if (${value} > 3) { ${target} = 1 } else { ${target} -= 1 }`,
      `;[${target}] = [${value}]`,
      `switch (${value} % 3) { case 0: ${target} = 0; break; case 1: { ${target}--; break } default: ${target} *= 2 }`,
      `try { throw new RangeError('x') } catch (e) { ${target} = (e as Error).message.length } finally { ${target} += ${value} }`,
      `;[1, 2].forEach((${target}) => { ${target}++ })`,
      `;(() => { ${target} = ${value} })()`,
      `label: for (const x of [1, 2]) { for (;;) { ${target} += x; continue label } }`,
      `${target} = await Promise.resolve<number>(${value})`,
      `${target} = ${target} > 1000 ? 1 : ${target}, ${target}`,
      `${target} = [...(function* () { yield ${value}; yield* [1, 2] })()].length`,
    ]);
  }

  /** For code that runs when a later cell calls it. */
  #late(): string {
    return this.#expression((name) => this.#session.has(name) && !this.#mine.has(name));
  }

  #expression(isThere: (name: string) => boolean = (name) => this.#isThere(name)): string {
    const atom = (): string => {
      const usable = NUMBERS.filter(isThere);
      const objects = OBJECTS.filter(isThere);
      const imported = IMPORTED.filter(isThere);
      const roll = this.#next() % 8;
      if (roll === 0 && objects.length > 0) return `${this.#pick(objects)}.n`;
      if (roll === 1 && imported.length > 0) return `${this.#pick(imported)}.length`;
      return usable.length > 0 && roll > 2 ? this.#pick(usable) : String(this.#next() % 10);
    };
    return this.#chance(3) ? atom() : `(${atom()} ${this.#pick(['+', '-', '*'])} ${atom()}) % 1009`;
  }
}
