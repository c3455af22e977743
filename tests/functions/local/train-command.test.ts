import { expect, test } from 'vitest';
import { donghu2021 } from '../../../shared/catalogue/donghu-2021.ts';
import { scratchFolders } from '../../adapters/local/scratch-folder.ts';
import { full, textOf } from '../../classify/train/reviewed-papers.ts';
import { minute } from '../../contracts/sample-documents.ts';
import { learningHome, reviewed } from '../../making/learning-home.ts';
import { gongkai } from '../../making/run-process.ts';

const folder = scratchFolders();
test('says what it learnt from, how well, the model, and what the gate says', async () => {
  const root = await folder();
  const home = learningHome(root);
  for (let n = 0; n < 30; n += 1) {
    const { text, kind } = textOf(n);
    await reviewed(home, {
      documentId: `paper-${n}`,
      text,
      tasks: [full(donghu2021, kind.task)],
      at: minute(n),
    });
  }
  home.close();
  const { code, stdout } = await gongkai(['train', '--home', root], root);
  expect(code).toBe(0);
  expect(stdout).toMatch(/学习材料 \d+ 件已审核文件，其中 0 件无任务/u);
  expect(stdout).toMatch(/学习后 \/ after: {2}P@1 \d\.\d{3}/u);
  expect(stdout).toMatch(/模型 \/ model: [0-9a-f]{64}/u);
  expect(stdout).toMatch(/[✓✗] /u);
});

test('too few reviews are refused in both languages with a code of their own', async () => {
  const root = await folder();
  const { code, stdout, stderr } = await gongkai(['train', '--home', root, '--json'], root);
  expect(code).toBe(10);
  expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'TOO_FEW_REVIEWS' } });
  expect(stderr).toMatch(/可供学习的审核记录太少（0\/25）/u);
});
