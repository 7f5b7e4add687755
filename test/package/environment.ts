/** What the set-up hands to the package tests, and how they run things there. */
import { execFile } from 'node:child_process';
import { inject } from 'vitest';

export interface NpmPackage {
  readonly root: string;
  readonly tarball: string;
  /** A folder outside the project into which the package was installed, and nothing else. */
  readonly installed: string;
  /** Node executables: the one that runs the tests, and a newer one where the project brings it. */
  readonly nodes: readonly string[];
}

declare module 'vitest' {
  interface ProvidedContext {
    readonly npmPackage: NpmPackage;
  }
}

export const npmPackage = (): NpmPackage => inject('npmPackage');

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program in the user's folder; resolves whatever its exit code is. */
export function runInstalled(program: string, args: readonly string[]): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = execFile(program, args, { cwd: npmPackage().installed, maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      if (error !== null && child.exitCode === null) reject(new Error(error.message));
      else resolve({ code: child.exitCode ?? 0, stdout, stderr });
    });
  });
}
