/** An invented catalogue, for every suite that stores one. */
import type { Catalogue, Task } from '../../shared/domain/catalogue.ts';

export const sampleTask = (
  catalogueId: string,
  number: number,
  requirement = '按时公开',
): Task => ({
  code: `${catalogueId}:T${String(number).padStart(2, '0')}`,
  number,
  title: `第 ${number} 项任务`,
  requirement,
  sectionPath: ['一、主动公开'],
  leadUnits: ['党政办'],
  responsibleUnits: ['各社区'],
  deadline: null,
  scope: '',
  typicalEvidence: [],
  notThis: [],
});

export const sampleCatalogue = (rest: Partial<Catalogue> = {}): Catalogue => {
  const catalogueId = rest.catalogueId ?? 'yx2026';
  return {
    catalogueId,
    version: 1,
    title: '云溪街道任务分解表',
    issuer: '云溪街道办事处',
    documentNumber: '云溪办〔2026〕3号',
    year: 2026,
    tasks: [sampleTask(catalogueId, 1), sampleTask(catalogueId, 2)],
    ...rest,
  };
};
