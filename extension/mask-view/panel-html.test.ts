import { describe, expect, it } from 'vitest';
import { panelHtml } from './panel-html.js';

const page = panelHtml({ script: 'https://host/panel.js?a=1&b="2"', source: 'https://host', nonce: 'abc+/=', title: '<img src=x onerror=alert(1)> & "quotes"' });

describe('panelHtml', () => {
  it('lets one script run, by its nonce, and loads nothing from elsewhere', () => {
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1] ?? '';
    expect(policy).toContain('default-src &#39;none&#39;');
    expect(policy).toContain('script-src &#39;nonce-abc+/=&#39;');
    expect(policy).not.toMatch(/script-src[^;]*(unsafe|https:|\*)/);
    expect([...page.matchAll(/<script/g)]).toHaveLength(1);
    expect(page).toContain('nonce="abc+/="');
  });

  it('shows a title as text, whatever stands in it', () => {
    expect(page).not.toContain('<img');
    expect(page).toContain('&lt;img src=x onerror=alert(1)&gt; &amp; &quot;quotes&quot;');
    expect(page).toContain('src="https://host/panel.js?a=1&amp;b=&quot;2&quot;"');
  });
});
