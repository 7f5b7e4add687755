// A headless Chromium with fonts, and the environment it runs in.
import { createReadStream, createWriteStream } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';
import { run, tryRun } from '../lib/run.mjs';
import { partFolder, unpack } from './cache.mjs';

const FACES = /^DejaVu(Sans|SansMono|Serif)(-(Bold|Oblique|BoldOblique|Italic|BoldItalic))?\.ttf$/;

/** Chromium finds no font without absolute folders, and draws code in a proportional face without the aliases. */
function fontsConf(folder) {
  const alias = (family, ...faces) =>
    `<alias binding="same"><family>${family}</family><prefer>${faces.map((face) => `<family>${face}</family>`).join('')}</prefer></alias>`;
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${folder}/fonts</dir>
  <cachedir>${folder}/font-cache</cachedir>
  ${alias('monospace', 'DejaVu Sans Mono')}
  ${alias('sans-serif', 'Open Sans', 'DejaVu Sans')}
  ${alias('system-ui', 'Open Sans', 'DejaVu Sans')}
  ${alias('serif', 'DejaVu Serif')}
</fontconfig>
`;
}

const inflate = (from, to, mode) => pipeline(createReadStream(from), createBrotliDecompress(), createWriteStream(to, { mode }));

async function addDejaVu(temporary, fonts) {
  const into = path.join(temporary, 'dejavu');
  await fs.mkdir(into);
  const faces = path.join(await unpack('fonts', into, ['package/ttf']), 'ttf');
  for (const name of await fs.readdir(faces)) {
    if (FACES.test(name)) await fs.rename(path.join(faces, name), path.join(fonts, name));
  }
}

export async function buildChromium(temporary) {
  const bin = path.join(await unpack('chromium', temporary, ['package/bin']), 'bin');
  const folder = path.join(temporary, 'chromium');
  await fs.mkdir(path.join(folder, 'libs'), { recursive: true });
  const extract = async (name, into) => {
    const tarball = path.join(temporary, `${name}.tar`);
    await inflate(path.join(bin, `${name}.tar.br`), tarball, 0o644);
    await run('tar', ['xf', tarball, '-C', into, '--no-same-owner']);
  };
  await Promise.all([
    inflate(path.join(bin, 'chromium.br'), path.join(folder, 'chromium'), 0o755),
    extract('swiftshader', folder),
    extract('al2023', path.join(folder, 'libs')),
    extract('fonts', folder),
  ]);
  await addDejaVu(temporary, path.join(folder, 'fonts'));
  // The archive's own file names the folders of another machine.
  await fs.writeFile(path.join(folder, 'fonts.conf'), fontsConf(partFolder('chromium')));
  return folder;
}

/** A bare Debian has neither NSS nor expat: then, and only then, Chromium gets the libraries that came with it. */
async function environment(folder, binary) {
  const fonts = { FONTCONFIG_PATH: folder, FONTCONFIG_FILE: path.join(folder, 'fonts.conf') };
  const starts = (env) => tryRun(binary, ['--version'], { env: { ...process.env, ...env } });
  if ((await starts(fonts)).code === 0) return fonts;
  const libraries = [path.join(folder, 'libs', 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':');
  const withLibraries = { ...fonts, LD_LIBRARY_PATH: libraries };
  const { code, output } = await starts(withLibraries);
  if (code !== 0) throw new Error(`the cached Chromium does not start:\n${output.trim()}`);
  return withLibraries;
}

/** What Playwright needs to start the cached Chromium. */
export async function chromiumCommand() {
  const folder = partFolder('chromium');
  const binary = path.join(folder, 'chromium');
  return { path: binary, env: await environment(folder, binary) };
}
