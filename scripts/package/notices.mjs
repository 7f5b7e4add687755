// The licences of what the bundles contain: most of them ask to be passed on with every copy.
import fs from 'node:fs/promises';
import path from 'node:path';

const LICENCE_FILE = /^(licen[cs]e|copying|notice|thirdpartynotice)/i;

/** The folder of the package that a file belongs to, or undefined for our own files. */
export function packageFolder(file) {
  const match = /^(.*[\\/]|)node_modules[\\/](@[^\\/]+[\\/][^\\/]+|[^\\/]+)/.exec(file);
  return match?.[0];
}

async function notice(folder) {
  const { name, version, license } = JSON.parse(await fs.readFile(path.join(folder, 'package.json'), 'utf8'));
  const files = (await fs.readdir(folder)).filter((file) => LICENCE_FILE.test(file)).sort();
  const texts = await Promise.all(files.map((file) => fs.readFile(path.join(folder, file), 'utf8')));
  const terms = texts.length ? texts.map((text) => text.trim()).join('\n\n') : `Licence: ${license ?? 'not stated'}`;
  return { name, text: `${name} ${version}\n\n${terms}\n` };
}

/** Writes one file with the notices of all packages that `files` belong to, by name. */
export async function writeNotices(files, target) {
  const folders = [...new Set(files.map(packageFolder).filter((folder) => folder !== undefined))];
  const notices = await Promise.all(folders.map(notice));
  notices.sort((a, b) => a.name.localeCompare(b.name));
  const rule = `\n${'-'.repeat(80)}\n\n`;
  await fs.writeFile(target, `Patchbay contains code and data of these packages.\n${rule}${notices.map(({ text }) => text).join(rule)}`);
}
