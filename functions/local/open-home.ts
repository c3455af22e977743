/** The services over a local home for one command, closed again when the command is done. */
import { userInfo } from 'node:os';
import { resolve } from 'node:path';
import { type Refusal, reasonOf } from '../../shared/domain/refusal.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { type LocalServices, localServices } from './local-services.ts';

/** Who did it, as the audit of a command keeps it. */
export const localActor = (): string => `local:${userInfo().username}`;

/** `home` as the command line names it, else GONGKAI_HOME, else `.gongkai`; waits for what was handed on. */
export const withHome = async <T>(
  home: string | undefined,
  work: (services: LocalServices) => Promise<T>,
): Promise<T> => {
  const folder = resolve(home ?? process.env['GONGKAI_HOME'] ?? '.gongkai');
  const services = localServices(folder, 'http://127.0.0.1', { write: () => {} });
  try {
    return await work(services);
  } finally {
    await services.idle();
    await services.close();
  }
};

/** A refusal on the command line: as JSON on standard output where asked, in words on the error output. */
export const tellRefusal = (why: Refusal, json: boolean): ExitCode => {
  const reason = reasonOf(why);
  if (json) process.stdout.write(`${JSON.stringify({ error: reason })}\n`);
  process.stderr.write(`${reason.code}：${reason.zh}\n${reason.code}: ${reason.en}\n`);
  return EXIT.refused;
};
