/**
 * Finds the native part of the package zeromq. The bundle has this in place of the package's own loader (cmake-ts), which
 * parses the settings of all platforms first and looks for itself in five files: 2 ms instead of 10.
 */
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

export interface Machine {
  readonly platform: string;
  readonly arch: string;
  readonly isMusl: boolean;
}

const thisMachine = (): Machine => ({ platform: process.platform, arch: process.arch, isMusl: fs.existsSync('/etc/alpine-release') });

/** Named as the package's own loader is, which esbuild.mjs replaces. @throws when there is none that loads */
export function loadAddon(): unknown {
  const load = createRequire(__filename);
  const folder = path.dirname(load.resolve('zeromq/package.json'));
  let reason: unknown = new Error(`it has no build for ${process.platform} ${process.arch}`);
  for (const file of addonFiles(folder, thisMachine())) {
    try {
      return load(file);
    } catch (error) {
      reason = error;
    }
  }
  throw reason;
}

/** The builds that may fit, the newest first, as the package tries them: they keep to Node-API, and any Node that knows its version loads them. */
export function addonFiles(packageFolder: string, { platform, arch, isMusl }: Machine): string[] {
  const folder = path.join(packageFolder, 'build', platform, arch, 'node');
  const names = fs.existsSync(folder) ? fs.readdirSync(folder) : [];
  const builds = names.flatMap((name) => {
    const [, libc, made] = /^(\w+)-(\d+)-/.exec(name) ?? [];
    return libc === undefined || (platform === 'linux' && (libc === 'musl') !== isMusl) ? [] : [{ name, made: Number(made) }];
  });
  return builds.sort((a, b) => b.made - a.made).map(({ name }) => path.join(folder, name, 'addon.node'));
}
