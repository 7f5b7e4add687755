export interface PanelPage {
  /** Address of dist/renderers/panel.js as the webview may load it. */
  readonly script: string;
  /** `webview.cspSource` */
  readonly source: string;
  /** New for every page. */
  readonly nonce: string;
  readonly title: string;
}

/** The page of the mask panel. No script runs in it but the one with the nonce, and nothing is loaded from elsewhere. */
export function panelHtml({ script, source, nonce, title }: PanelPage): string {
  const policy = [`default-src 'none'`, `img-src ${source} data: blob:`, `style-src ${source} 'unsafe-inline'`, `script-src 'nonce-${nonce}'`].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escaped(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
</head>
<body>
<script type="module" nonce="${nonce}" src="${escaped(script)}"></script>
</body>
</html>`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
