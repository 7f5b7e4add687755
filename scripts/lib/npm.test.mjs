import { expect, it } from 'vitest';
import { npmEnvironment } from './npm.mjs';

it('keeps where packages come from and drops the settings of the command outside', () => {
  const kept = { PATH: '/bin', npm_config_registry: 'r', NPM_CONFIG_CAFILE: 'c', npm_config_cache: 'd', npm_config_userconfig: 'u', npm_config_https_proxy: 'p' };
  const dropped = { npm_config_omit: 'dev', npm_config_prefix: '/x', npm_lifecycle_event: 'test', npm_package_name: 'patchbay', npm_config_ignore_scripts: 'true' };
  expect(npmEnvironment({ ...kept, ...dropped })).toEqual(kept);
});
