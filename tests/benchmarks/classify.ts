/** Median time to classify a document of 5,500 characters, beside a bare count of its character pairs in the same run. */
import { donghu2021 } from '../../shared/catalogue/donghu-2021.ts';
import { defaultArtefact } from '../../shared/classify/artefact.ts';
import { classify } from '../../shared/classify/classify.ts';
import { recognise } from '../../shared/gongwen/recognise.ts';
import { canonicalBuilder } from '../../shared/text/canonical.ts';

const PARAGRAPH =
  '第三条 街道各部门应当按照职责分工做好养老服务设施建设、困难家庭救助和政策咨询工作，结果由社区居委会在公示栏公示五个工作日，公示期满无异议的报区民政局备案。';

const makeDocument = () => {
  const builder = canonicalBuilder();
  builder.heading('云溪街道办事处关于印发《云溪街道养老服务补助实施办法》的通知', 1);
  let at = 0;
  while (builder.length() < 5_500) {
    if (at % 5 === 0)
      builder.heading(`${'一二三四五六七八九十'.charAt((at / 5) % 10)}、工作要求`, 2);
    builder.paragraph(PARAGRAPH);
    at += 1;
  }
  const text = builder.build('txt');
  return { text, elements: recognise(text) };
};

const median = (work: () => void): number => {
  for (let at = 0; at < 40; at += 1) work();
  const times = Array.from({ length: 200 }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return times.sort((a, b) => a - b)[100] ?? 0;
};

const document = makeDocument();
const countPairs = (): void => {
  const counts = new Map<string, number>();
  const { text } = document.text;
  for (let at = 1; at < text.length; at += 1) {
    const pair = text.slice(at - 1, at + 1);
    counts.set(pair, (counts.get(pair) ?? 0) + 1);
  }
};

const took = median(() => {
  classify(document, donghu2021, defaultArtefact);
});
console.log(`classify: ${took.toFixed(2)} ms median for ${document.text.text.length} characters`);
console.log(`bare count of character pairs: ${median(countPairs).toFixed(2)} ms median`);
