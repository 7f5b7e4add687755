import { JUPYTER_PROTOCOL_VERSION, type KernelInfoReply } from '../protocol/messages.js';

export function kernelInfo(version: string): KernelInfoReply {
  return {
    status: 'ok',
    protocol_version: JUPYTER_PROTOCOL_VERSION,
    implementation: 'patchbay',
    implementation_version: version,
    language_info: {
      name: 'typescript',
      version: '6.0',
      mimetype: 'text/typescript',
      file_extension: '.ts',
      pygments_lexer: 'typescript',
      codemirror_mode: 'typescript',
      nbconvert_exporter: 'script',
    },
    banner: `Patchbay ${version}: TypeScript on Node ${process.versions.node}`,
    help_links: [{ text: 'Patchbay', url: 'https://github.com/patchbay-notebooks/patchbay#readme' }],
  };
}
