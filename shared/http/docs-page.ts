/** The /docs page: the contract as one plain page, no script, nothing loaded from elsewhere. */

import * as z from 'zod';
import { SOFTWARE_VERSION } from '../domain/software.ts';
import { contract } from './contract.ts';
import { statusOf } from './problem.ts';
import { type Route, refusalsOf } from './route.ts';

const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

export const DOCS_STYLE = `
:root{color-scheme:light dark}body{font:15px/1.6 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;margin:0 auto;max-width:60rem;padding:1.5rem}
h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2.2rem;border-bottom:1px solid #8885}
details{border:1px solid #8885;border-radius:6px;margin:.6rem 0;padding:.4rem .8rem}summary{cursor:pointer}
code,pre{font:13px/1.5 ui-monospace,monospace}pre{overflow:auto;background:#8881;padding:.7rem;border-radius:6px;max-height:28rem}
.method{display:inline-block;min-width:3.2rem;font-weight:700}small{opacity:.8}`;

const schemaBlock = (label: string, schema: z.ZodType, io: 'input' | 'output'): string => {
  const { $schema: _, ...shown } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  const bare = JSON.stringify(shown.properties ?? shown) === '{}';
  return bare ? '' : `<p>${label}</p><pre>${escaped(JSON.stringify(shown, null, 1))}</pre>`;
};

const section = (one: Route): string => {
  const body = one.takes === 'json' ? schemaBlock('请求体 / body', one.body, 'input') : '';
  const bytes = one.takes === 'bytes' ? '<p>请求体 / body: application/octet-stream</p>' : '';
  const refused = refusalsOf(one)
    .map((kind) => `<code>${statusOf(kind)} ${kind}</code>`)
    .join(' · ');
  return `<details id="${one.operationId}"><summary><span class="method">${one.method}</span> <code>${escaped(one.path)}</code><br>${escaped(one.summary)}</summary>
<p><small>角色 / roles: ${one.roles.join(', ')}</small></p>
${schemaBlock('路径参数 / path', one.params, 'input')}${schemaBlock('查询参数 / query', one.query, 'input')}${body}${bytes}
${schemaBlock(`返回 / response ${one.status}`, one.response, 'output')}<p>拒绝 / refusals: ${refused}</p></details>`;
};

export const docsPage = (): string => {
  const tags = [...new Set(contract.map(({ tag }) => tag))];
  const parts = tags.map(
    (tag) =>
      `<h2>${tag}</h2>${contract
        .filter((one) => one.tag === tag)
        .map(section)
        .join('\n')}`,
  );
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>gongkai 公开 · 审核接口</title><style>${DOCS_STYLE}</style></head><body>
<h1>gongkai 公开 · 审核接口 ${SOFTWARE_VERSION}</h1>
<p>除本页、<a href="/openapi.json">/openapi.json</a> 与 <a href="/health">/health</a> 外，都须带 <code>Authorization: Bearer …</code>。
拒绝一律以 <code>application/problem+json</code> 返回中英文原因。<br>Everything but this page, /openapi.json and /health needs a bearer token; refusals come as problem+json with a reason in Chinese and English.</p>
${parts.join('\n')}</body></html>`;
};
