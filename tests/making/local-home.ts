/** A whole product in a temporary folder: the local adapters, as `npm start` wires them. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';
import { type LocalServices, localServices } from '../../functions/local/local-services.ts';
import { takeIn } from '../../functions/local/take-in.ts';
import type { DocumentRecord } from '../../shared/domain/document.ts';

export interface LocalHome {
  readonly services: LocalServices;
  readonly home: string;
  readonly log: string[];
  /** Puts bytes under a key of the inbox, takes them in and waits until they are classified. */
  send(key: string, content: string | Uint8Array): Promise<DocumentRecord>;
}

export const ORIGIN = 'http://127.0.0.1:8787';

/** Closed and removed after the tests of the file. */
export const localHome = async (): Promise<LocalHome> => {
  const home = await mkdtemp(join(tmpdir(), 'gongkai-'));
  const log: string[] = [];
  const services = localServices(home, ORIGIN, {
    write: (code, fields) => log.push(JSON.stringify({ code, ...fields })),
  });
  afterAll(async () => {
    await services.close();
    await rm(home, { recursive: true, force: true });
  });
  return {
    services,
    home,
    log,
    send: async (key, content) => {
      const path = join(home, 'inbox', key);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, content);
      const taken = await takeIn(services, 'inbox', key);
      await services.idle();
      const record = taken === null ? null : await services.documents.get(taken.documentId);
      if (record === null) throw new Error(`${key} was not taken in`);
      return record;
    },
  };
};

/** An invented notice on a subsidy, long enough for every step. */
export const aNotice = (
  parts: { readonly number?: string; readonly title?: string; readonly body?: string } = {},
): string =>
  [
    parts.number ?? '南云办〔2021〕8号',
    '',
    parts.title ?? '云溪街道办事处关于公布2021年第二季度高龄津贴发放情况的公示',
    '',
    '各社区居委会：',
    parts.body ??
      '根据南屿区高龄津贴发放办法，现将2021年第二季度高龄津贴发放情况予以公示。本季度共发放高龄津贴126人，发放金额63000元，按每人每月补贴标准通过惠民惠农“一卡通”直接发放到户。公示期为5个工作日，公示期内对发放对象、补贴金额有异议的，可向街道社会事务办反映。',
    '附件：云溪街道2021年第二季度高龄津贴发放明细表',
    '云溪街道办事处',
    '2021年7月5日',
    '（此件主动公开）',
  ].join('\n');
