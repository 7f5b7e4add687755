// The user's own npm client, also from inside one of our npm scripts.
import { run } from './run.mjs';

/**
 * Where packages come from, how the way there is secured and what is cached: the user's. Everything else that `npm run`
 * puts into the environment (ignore-scripts, omit, prefix, the script's own name…) belongs to the outer command.
 */
const KEPT = /^npm_config_(registry|cafile|cache|userconfig|globalconfig|strict_ssl|(https?_?)?_?proxy|noproxy|.*:_?auth.*)$/i;

export function npmEnvironment(env = process.env) {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^npm_/i.test(name) || KEPT.test(name)));
}

/** Resolves to npm's standard output. */
export function npm(args, cwd, options = {}) {
  const flags = ['--no-audit', '--no-fund', '--fetch-retries=2', '--loglevel=error'];
  const given = { cwd, env: npmEnvironment(), ...options };
  const script = process.env.npm_execpath;
  // `npm_execpath` may be pnpm's or yarn's: those do not speak npm's command line.
  if (script !== undefined && /npm-cli\.js$/.test(script)) return run(process.execPath, [script, ...args, ...flags], given);
  return run('npm', [...args, ...flags], { ...given, shell: process.platform === 'win32' });
}
