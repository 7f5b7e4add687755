import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { MASK_FILE_EXTENSIONS } from '../kernel/model/files/read-mask-file.js';

const root = path.resolve(import.meta.dirname, '..');

interface Manifest {
  icon: string;
  keywords: string[];
  extensionKind: string[];
  enabledApiProposals?: string[];
  devDependencies: Record<string, string>;
  engines: Record<string, string>;
  capabilities: { untrustedWorkspaces: { supported: unknown; restrictedConfigurations: string[] } };
  contributes: { commands: { command: string }[]; menus: Record<string, { command: string; when?: string }[]>; configuration: { properties: Record<string, unknown> } };
}
const manifest = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')) as Manifest;
const contributed = manifest.contributes.commands.map(({ command }) => command).sort();

describe('package.json as the extension manifest', () => {
  it('contributes the commands that are registered, and no others', () => {
    const source = fs.readFileSync(path.join(import.meta.dirname, 'commands', 'register.ts'), 'utf8');
    const registered = [...source.matchAll(/^ {2}'(patchbay\.\w+)':/gm)].map(([, id]) => id).sort();
    expect(registered).toEqual(contributed);
  });

  it('has menus for contributed commands only', () => {
    const menus = Object.values(manifest.contributes.menus);
    expect(contributed).toEqual(expect.arrayContaining([...new Set(menus.flat().map(({ command }) => command))]));
  });

  it('offers Visualize Mask in the explorer for every kind of mask file', () => {
    const when = manifest.contributes.menus['explorer/context']?.[0]?.when ?? '';
    const pattern = new RegExp(/=~ \/(.*)\/i$/.exec(when)?.[1] ?? '(?!)', 'i');
    for (const extension of [...MASK_FILE_EXTENSIONS, 'keras', 'h5']) expect(`.${extension}`).toMatch(pattern);
    expect('.txt').not.toMatch(pattern);
  });

  it('ignores in an untrusted folder every setting that names a program', () => {
    const settings = Object.keys(manifest.contributes.configuration.properties);
    expect(manifest.capabilities.untrustedWorkspaces.supported).toBe('limited');
    expect(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations).toEqual(settings.filter((name) => /path|args|env|command/i.test(name)));
  });

  it('is what the Marketplace takes', () => {
    const icon = fs.readFileSync(path.join(root, manifest.icon));
    expect(icon.subarray(1, 4).toString()).toBe('PNG');
    expect([icon.readUInt32BE(16), icon.readUInt32BE(20)]).toEqual([256, 256]);
    expect(manifest.keywords.length).toBeLessThanOrEqual(30);
    expect(manifest.keywords).toEqual(expect.arrayContaining(['notebookKernelJupyterNotebook', 'notebookRenderer']));
    expect(manifest.extensionKind).toEqual(['workspace']);
  });

  it('uses stable API only, and types no newer than the oldest VS Code it runs in', () => {
    expect(manifest.enabledApiProposals).toBeUndefined();
    expect(`^${manifest.devDependencies['@types/vscode']}`).toBe(manifest.engines.vscode);
  });
});
