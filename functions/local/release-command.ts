/** `gongkai release`: what is in force on this machine, what waits to be, its report, and moving between them. */
import { parseArgs } from 'node:util';
import type { Refusal } from '../../shared/domain/refusal.ts';
import {
  type ReleaseCandidate,
  releaseIdOf,
  type StandingRelease,
} from '../../shared/domain/release.ts';
import type { Result } from '../../shared/domain/result.ts';
import { judgeRelease } from '../../shared/usecases/judge-release.ts';
import {
  endShadow,
  promoteRelease,
  rollBackRelease,
  shadowRelease,
  shadowReport,
} from '../../shared/usecases/move-release.ts';
import { activeRelease } from '../../shared/usecases/release-in-force.ts';
import { EXIT, type ExitCode, UsageError } from './exit-codes.ts';
import type { LocalServices } from './local-services.ts';
import { localActor, tellRefusal, withHome } from './open-home.ts';

const STATES = {
  candidate: '待启用',
  shadow: '试运行',
  active: '现行',
  retired: '已停用',
} satisfies Record<ReleaseCandidate['state'], string>;

const ORIGINS = { trained: '审核学习', edited: '任务表修改', shipped: '随产品提供' } as const;

/** A candidate with its report, in words. */
export const candidateText = ({
  releaseId,
  state,
  origin,
  madeAt,
  madeBy,
  report,
}: ReleaseCandidate) =>
  [
    `${releaseId}　${STATES[state]}　${ORIGINS[origin]}　${madeAt}　${madeBy}`,
    ...(report === null
      ? ['尚未检验 / not judged yet']
      : [
          ...report.checks.map(({ passed, zh, en }) => `${passed ? '✓' : '✗'} ${zh}\n  ${en}`),
          report.zh,
          report.en,
        ]),
  ].join('\n');

const standingText = (standing: StandingRelease): string =>
  `现行版本 ${releaseIdOf(standing.active)}（第 ${standing.revision} 次变动，${standing.at}，${standing.actor}：${standing.why}）`;

interface Asked {
  readonly releaseId: string;
  readonly why: string;
  readonly waiveShadow: boolean;
  readonly json: boolean;
}

type Verb = (services: LocalServices, asked: Asked) => Promise<ExitCode>;

const say = (asked: Asked, value: unknown, text: string): ExitCode => {
  process.stdout.write(`${asked.json ? JSON.stringify(value) : text}\n`);
  return EXIT.fine;
};

const sayMove = (asked: Asked, moved: Result<StandingRelease, Refusal>): ExitCode =>
  moved.ok
    ? say(asked, moved.value, standingText(moved.value))
    : tellRefusal(moved.error, asked.json);

const sayCandidate = (asked: Asked, found: Result<ReleaseCandidate, Refusal>): ExitCode =>
  found.ok
    ? say(asked, found.value, candidateText(found.value))
    : tellRefusal(found.error, asked.json);

const by = ({ releaseId, why, waiveShadow }: Asked) => ({
  releaseId,
  why,
  waiveShadow,
  actor: localActor(),
});

const list: Verb = async (services, asked) => {
  const active = await activeRelease(services);
  const { rows } = await services.releases.candidates(active.catalogueId, {
    limit: 50,
    after: null,
  });
  const lines = rows.map(({ releaseId, state, origin, madeAt, report }) => {
    const verdict = report === null ? '未检验' : report.verdict === 'promote' ? '通过' : '未通过';
    return `${releaseId}　${STATES[state]}　${ORIGINS[origin]}　${madeAt}　${verdict}`;
  });
  const head = `现行版本 / in force: ${releaseIdOf(active)}`;
  return say(asked, { active, rows }, [head, ...lines].join('\n'));
};

const show: Verb = async (services, asked) => {
  const candidate = await services.releases.candidate(asked.releaseId);
  if (candidate === null)
    return tellRefusal({ kind: 'NO_SUCH_RELEASE', detail: asked.releaseId }, asked.json);
  const shadow = await shadowReport(services, asked.releaseId);
  const run = `试运行 ${shadow.documents} 件，主任务不同 ${shadow.differentPrimary} 件 / in shadow: ${shadow.documents} scored, primary differs in ${shadow.differentPrimary}`;
  return say(asked, { candidate, shadow }, `${candidateText(candidate)}\n${run}`);
};

/** With how many release ids each takes, and whether it must say why. */
const VERBS: Readonly<
  Record<string, { readonly verb: Verb; readonly ids: 0 | 1; readonly why: boolean }>
> = {
  list: { verb: list, ids: 0, why: false },
  show: { verb: show, ids: 1, why: false },
  judge: {
    verb: async (services, asked) =>
      sayCandidate(asked, await judgeRelease(services, asked.releaseId)),
    ids: 1,
    why: false,
  },
  shadow: {
    verb: async (services, asked) => sayMove(asked, await shadowRelease(services, by(asked))),
    ids: 1,
    why: true,
  },
  'end-shadow': {
    verb: async (services, asked) => sayMove(asked, await endShadow(services, by(asked))),
    ids: 0,
    why: true,
  },
  promote: {
    verb: async (services, asked) => sayMove(asked, await promoteRelease(services, by(asked))),
    ids: 1,
    why: true,
  },
  'roll-back': {
    verb: async (services, asked) =>
      sayMove(asked, await rollBackRelease(services, { actor: localActor(), why: asked.why })),
    ids: 0,
    why: true,
  },
};

export const releaseCommand = async (args: readonly string[]): Promise<ExitCode> => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      home: { type: 'string' },
      why: { type: 'string', default: '' },
      'waive-shadow': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  const [name = '', ...ids] = positionals;
  const known = VERBS[name];
  if (known === undefined || ids.length !== known.ids)
    throw new UsageError(`release ${Object.keys(VERBS).join('|')}`);
  if (known.why && values.why.trim() === '')
    throw new UsageError('请用 --why 写明理由 / say why with --why');
  const asked = {
    releaseId: ids[0] ?? '',
    why: values.why,
    waiveShadow: values['waive-shadow'],
    json: values.json,
  };
  return withHome(values.home, (services) => known.verb(services, asked));
};
