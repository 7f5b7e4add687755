#!/usr/bin/env node
// `npm run package`: builds everything and packs the extension into dist/.
import path from 'node:path';
import { build, ensureDependencies, requireNode, root } from './lib/setup.mjs';
import { packExtension } from './package/vsix.mjs';

requireNode();
try {
  await ensureDependencies();
  await build();
  const { file, bytes, listing } = await packExtension();
  console.log(listing.trim());
  console.log(`${path.relative(root, file)}: ${(bytes / 2 ** 20).toFixed(2)} MB`);
} catch (error) {
  console.error(`the extension could not be packed: ${error.message}`);
  process.exitCode = 1;
}
