/** `gongkai train`: learns from the reviews of this machine, has the result judged, and says what came of it. */
import { parseArgs } from 'node:util';
import type { FoldFigures, ModelMetrics } from '../../shared/classify/train/model-metrics.ts';
import { shortCode } from '../../shared/domain/catalogue.ts';
import type { ReleaseCandidate } from '../../shared/domain/release.ts';
import { judgeRelease } from '../../shared/usecases/judge-release.ts';
import { loadMetrics } from '../../shared/usecases/load-metrics.ts';
import { activeRelease } from '../../shared/usecases/release-in-force.ts';
import { trainModel } from '../../shared/usecases/train-model.ts';
import { EXIT, type ExitCode, UsageError } from './exit-codes.ts';
import type { LocalServices } from './local-services.ts';
import { localActor, tellRefusal, withHome } from './open-home.ts';
import { candidateText } from './release-command.ts';

const CALIBRATIONS: Readonly<
  Record<ModelMetrics['calibration']['kind'], { readonly zh: string; readonly en: string }>
> = {
  start: { zh: '沿用起点', en: 'as at the start' },
  platt: { zh: '两参数曲线', en: 'a curve of two parameters' },
  isotonic: { zh: '单调分段曲线', en: 'a rising curve through knots' },
};

const figure = (value: number | null): string => (value === null ? '—' : value.toFixed(3));

const figures = ({ precisionAt1, microF1, ece }: FoldFigures): string =>
  `P@1 ${figure(precisionAt1)}  micro-F1 ${figure(microF1)}  ECE ${figure(ece)}`;

/** What was learnt, and how well it does on documents that the fit had not seen. */
export const metricsText = (metrics: ModelMetrics): string => {
  const { documents, withoutTask, perCode, start, trained, calibration, folds } = metrics;
  const own = perCode.filter(({ weights }) => weights > 0);
  const codes = own.map(({ code, positives }) => `${shortCode(code)}（${positives}）`).join(' ');
  const curve = CALIBRATIONS[calibration.kind];
  return [
    `学习材料 ${documents} 件已审核文件，其中 ${withoutTask} 件无任务；分 ${folds} 份轮流留出检验。`,
    `learnt from ${documents} reviewed documents, ${withoutTask} of them without a task; each held out once in ${folds} folds.`,
    `学习前 / before: ${figures(start)}`,
    `学习后 / after:  ${figures(trained)}`,
    own.length === 0
      ? '没有哪项任务的审核记录多到、稳到可以单独学习用词 / no task had reviews enough, or sure enough, for words of its own'
      : `单独学习了用词的任务（件数） / tasks with words of their own: ${codes}`,
    `校准 / calibration: ${curve.zh} / ${curve.en}`,
  ].join('\n');
};

interface Told {
  readonly candidate: ReleaseCandidate;
  readonly metrics: ModelMetrics;
}

const tell = ({ candidate, metrics }: Told, json: boolean): ExitCode => {
  const model = candidate.release.model;
  const { newest: _, ...short } = metrics;
  const text = `${metricsText(metrics)}\n模型 / model: ${model}\n${candidateText(candidate)}`;
  process.stdout.write(`${json ? JSON.stringify({ candidate, metrics: short }) : text}\n`);
  return EXIT.fine;
};

const train = async (
  services: LocalServices,
  { catalogue, json }: { readonly catalogue: string | undefined; readonly json: boolean },
): Promise<ExitCode> => {
  const catalogueId = catalogue ?? (await activeRelease(services)).catalogueId;
  const trained = await trainModel(services, { catalogueId, actor: localActor() });
  if (!trained.ok) return tellRefusal(trained.error, json);
  const judged = await judgeRelease(services, trained.value.releaseId);
  if (!judged.ok) return tellRefusal(judged.error, json);
  const { model } = judged.value.release;
  const metrics = await loadMetrics(services, { catalogueId, modelId: model });
  return tell({ candidate: judged.value, metrics }, json);
};

export const trainCommand = async (args: readonly string[]): Promise<ExitCode> => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      home: { type: 'string' },
      catalogue: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  if (positionals.length > 0)
    throw new UsageError('train [--home FOLDER] [--catalogue ID] [--json]');
  const { home, catalogue, json } = values;
  return withHome(home, (services) => train(services, { catalogue, json }));
};
