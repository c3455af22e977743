import { existsSync } from 'node:fs';
import { type ServerType, serve } from '@hono/node-server';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { localApp } from '../../functions/local/local-app.ts';
import { contract } from '../../shared/http/contract.ts';
import { localHome } from '../making/local-home.ts';

const BROWSER = '/usr/bin/chromium';
const present = existsSync(BROWSER);
if (!present) process.stderr.write(`Left out: the page of the API in a browser (no ${BROWSER})\n`);

/** Keeps the browser from looking for anything outside this machine. */
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

let server: ServerType;
let origin = '';

beforeAll(async () => {
  const { services } = await localHome();
  await new Promise<void>((ready) => {
    server = serve(
      { fetch: localApp(services).fetch, port: 0, hostname: '127.0.0.1' },
      ({ port }) => {
        origin = `http://127.0.0.1:${port}`;
        ready();
      },
    );
  });
});

afterAll(() => {
  server.close();
});

test.skipIf(!present)(
  'the page of the API opens in a browser, shows every route and asks nothing of another host',
  async () => {
    const browser = await chromium.launch({ executablePath: BROWSER, args: QUIET });
    try {
      const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
      const asked: string[] = [];
      const complaints: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text());
      });
      await page.goto(`${origin}/docs`);
      for (const { operationId } of contract)
        expect(await page.locator(`#${operationId}`).count(), operationId).toBe(1);
      await page.locator('#decideDocument summary').click();
      expect(await page.locator('#decideDocument pre').first().isVisible()).toBe(true);
      expect(await page.evaluate('getComputedStyle(document.body).maxWidth')).toBe('960px');
      expect(asked.every((url) => url.startsWith(origin))).toBe(true);
      expect(complaints.filter((text) => !text.includes('favicon'))).toEqual([]);
      const shot = process.env['GONGKAI_SCREENSHOT'];
      if (shot !== undefined) await page.screenshot({ path: shot });
    } finally {
      await browser.close();
    }
  },
);
