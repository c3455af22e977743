/** 内部资料 注意保存, 工作秘密: marking lines, not words of the body. */
import type { PersonalHit } from '../domain/screening.ts';

const WARNING =
  '(?:注意保[存管密]|妥善保[存管]|严禁外传|不得外传|请勿外传|禁止外传|切勿外传|仅供内部(?:使用|参考)|严格保密|不得公开|严禁公开|不得翻印|阅后收回)';
const MARK = new RegExp(
  `^[ \\t\\u3000]{0,40}(?<mark>[（(【\\[★☆*]{0,2}(?:${WARNING}[ \\u3000，,]{0,6})?(?:内[ \\u3000]?部[ \\u3000]?(?:资[ \\u3000]?料|文[ \\u3000]?件|材[ \\u3000]?料|参[ \\u3000]?考|使[ \\u3000]?用|刊物|传阅)|工作秘密)(?:[★☆*][ \\u3000]{0,3}(?:\\d{1,2}年|长期)?)?[ \\u3000，,、·—-]{0,12}(?:${WARNING}[ \\u3000，,、]{0,4}){0,3}[！!。）)】\\]]{0,2})[ \\t\\u3000]{0,40}$`,
  'gmu',
);
const FIELD = /密[ \u3000]?级[：:][ \u3000]{0,4}(?<mark>内部|工作秘密)/u;

export function* internalMarks(text: string): Generator<PersonalHit, void> {
  const field = FIELD.exec(text.slice(0, 3000));
  for (const match of [...text.matchAll(MARK), ...(field === null ? [] : [field])]) {
    const mark = match.groups?.['mark'] ?? '';
    const start = match.index + match[0].indexOf(mark);
    yield { code: 'Q2_INTERNAL', masked: mark, start, end: start + mark.length };
  }
}
