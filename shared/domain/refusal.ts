/** The closed list of reasons for which gongkai says no, each in Chinese and English with what to do next. */
import * as z from 'zod';

const MESSAGES = {
  EMPTY_FILE: {
    zh: '文件是空的（0 字节）。请确认上传完整后重新上传。',
    en: 'The file is empty (0 bytes). Check that the upload was complete and upload it again.',
  },
  TOO_LARGE: {
    zh: '文件超过大小上限（{detail}）。请拆分或压缩图片后重新上传。',
    en: 'The file is over the size limit ({detail}). Split it or shrink its images, then upload it again.',
  },
  TOO_MANY_PAGES: {
    zh: '页数超过上限（{detail}）。请拆分后分别上传。',
    en: 'The document has more pages than the limit ({detail}). Split it and upload the parts.',
  },
  TEXT_TOO_LONG: {
    zh: '正文字数超过上限（{detail}）。请拆分后分别上传。',
    en: 'The text is longer than the limit ({detail}). Split it and upload the parts.',
  },
  UNKNOWN_FORMAT: {
    zh: '无法识别的文件格式（{detail}）。请用 Word（docx）、PDF、网页或纯文本重新保存后上传。',
    en: 'The file format is not recognised ({detail}). Save it again as docx, pdf, html or plain text and upload it.',
  },
  FORMAT_NOT_YET_READ: {
    zh: '已识别为 {detail} 文件，本版本尚不能读取其文字。原件已保留；请另存为 docx 或 PDF 后上传，或等待升级后重新处理。',
    en: 'Recognised as {detail}; this version cannot read its text yet. The original is kept; save it as docx or pdf and upload that, or re-run it after an upgrade.',
  },
  ENCRYPTED: {
    zh: '文件设有打开密码，无法读取。请去除密码后重新上传。',
    en: 'The file is protected by a password. Remove the password and upload it again.',
  },
  DAMAGED: {
    zh: '文件已损坏或不完整（{detail}）。请从原系统重新导出后上传。',
    en: 'The file is damaged or incomplete ({detail}). Export it again from where it came from and upload it.',
  },
  ARCHIVE_LIMIT: {
    zh: '压缩内容展开后超过安全上限（{detail}），可能是恶意文件，已停止读取。请用原程序另存后上传。',
    en: 'Its compressed content expands beyond the safe limit ({detail}); it may be malicious and reading stopped. Save it again from the original program and upload that.',
  },
  CONTAINER: {
    zh: '这是压缩包或邮件（{detail}），这里只能读取单份文件。请解开后选取其中的文件。',
    en: 'This is an archive or a mail ({detail}); only a single document can be read here. Open it and choose the file inside.',
  },
  ARCHIVE_NOT_OPENED: {
    zh: '已识别为 {detail} 压缩包，本版本不能解开。原件已保留；请解压后上传里面的文件，或改用 zip 压缩。',
    en: 'Recognised as a {detail} archive, which this version cannot open. The original is kept; upload the files inside it, or pack them as zip.',
  },
  FORBIDDEN_XML: {
    zh: '文件含有不允许的 XML 声明（DOCTYPE 或实体），可能是恶意文件，已停止读取。请用原程序另存后上传。',
    en: 'The file holds an XML declaration that is not allowed (DOCTYPE or entity); it may be malicious and reading stopped. Save it again from the original program and upload that.',
  },
  STRUCTURE_LIMIT: {
    zh: '文件内部结构异常（{detail}），超过安全上限，已停止读取。请用原程序另存后上传。',
    en: 'The inner structure of the file is abnormal ({detail}) and over the safe limit; reading stopped. Save it again from the original program and upload that.',
  },
  NO_PAGES: {
    zh: '文件没有任何页面。请确认文件完整后重新上传。',
    en: 'The document has no pages. Check that it is complete and upload it again.',
  },
  NO_TEXT_LAYER: {
    zh: '这是扫描件或图片，没有可读取的文字层，需要文字识别（OCR）。原件已保留，识别后自动继续处理；也可改传可复制文字的版本。',
    en: 'This is a scan or picture without a text layer and needs OCR. The original is kept and goes on by itself once it was read; or upload a version whose text can be copied.',
  },
  GARBLED_TEXT: {
    zh: '文字层无法还原为可读文字（{detail}），需要文字识别（OCR）。原件已保留；也可改传可复制文字的版本。',
    en: 'Its text layer cannot be turned into readable text ({detail}) and needs OCR. The original is kept; or upload a version whose text can be copied.',
  },
  PAGES_WITHOUT_TEXT: {
    zh: '其中一部分是图片或没有可用的文字层（{detail}），需要文字识别（OCR）。原件已保留，识别后自动继续处理。',
    en: 'A part of it is pictures or has no usable text layer ({detail}) and needs OCR. The original is kept and goes on by itself once that was read.',
  },
  SCAN_UNREADABLE: {
    zh: '扫描件或图片的文字无法辨认（{detail}）。原件已保留；请以 300 dpi、摆正、无遮挡重新扫描，或改传可复制文字的版本。',
    en: 'The characters of this scan or picture cannot be made out ({detail}). The original is kept; scan it again at 300 dpi, straight and uncovered, or upload a version whose text can be copied.',
  },
  NO_TEXT: {
    zh: '文件里没有读到文字。请确认内容后重新上传。',
    en: 'No text was found in the file. Check its content and upload it again.',
  },
  UNKNOWN_CHARSET: {
    zh: '无法判断文字编码（{detail}）。请另存为 UTF-8 编码后重新上传。',
    en: 'The character set cannot be determined ({detail}). Save it as UTF-8 and upload it again.',
  },
  BROKEN_UNICODE: {
    zh: '文字含有残缺的字符编码（{detail}）。请用原程序重新保存后上传。',
    en: 'The text holds broken characters ({detail}). Save it again from the original program and upload that.',
  },
  BAD_KEY: {
    zh: '文件名或路径不合法（{detail}）。请改名后重新上传。',
    en: 'The file name or path is not allowed ({detail}). Rename the file and upload it again.',
  },
  TIME_LIMIT: {
    zh: '读取超过时间上限（{detail}），已停止。请拆分文件或用原程序另存后上传。',
    en: 'Reading took longer than the limit ({detail}) and was stopped. Split the file, or save it again from the original program.',
  },
  MEMORY_LIMIT: {
    zh: '读取超过内存上限（{detail}），已停止。请拆分文件或用原程序另存后上传。',
    en: 'Reading needed more memory than the limit ({detail}) and was stopped. Split the file, or save it again from the original program.',
  },
  SECRET_MARK: {
    zh: '文件带有密级标志（{detail}），已隔离：只保留校验值、路径和原因，不保存、不分析正文。请立即按保密规定处理，并从上传位置删除原件。',
    en: 'The file bears a secrecy mark ({detail}) and is quarantined: only its hash, key and this reason are kept, its text is neither stored nor analysed. Handle it under the secrecy rules now and delete the original from where it was uploaded.',
  },
  OBJECT_GONE: {
    zh: '上传位置已找不到该文件（{detail}）。请重新上传。',
    en: 'The file is no longer where it was uploaded ({detail}). Upload it again.',
  },
  TABLE_EMPTY: {
    zh: '任务分解表没有任何任务行（{detail}）。请检查表格内容是否完整。',
    en: 'The task table has no task rows ({detail}). Check that its body is complete.',
  },
  TABLE_NO_HEADER: {
    zh: '没有找到任务分解表的表头（{detail}）。表头须含“工作任务/重点任务”和“责任单位/责任部门”一类列名。',
    en: 'No task-table header was found ({detail}). It needs column names such as 工作任务 and 责任部门.',
  },
  TABLE_DUPLICATE_NUMBER: {
    zh: '任务编号重复（{detail}）。请改正编号后重新导入。',
    en: 'A task number occurs twice ({detail}). Correct the numbers and import the table again.',
  },
  TABLE_DOUBTFUL: {
    zh: '任务分解表有无法确定的行（{detail}）。请对照原表改正后重新导入。',
    en: 'The task table has rows that cannot be read with certainty ({detail}). Correct them against the source and import the table again.',
  },
  TABLE_WRONG_KIND: {
    zh: '这张表不是任务分解表（{detail}）。',
    en: 'This table is not a task table ({detail}).',
  },
  NO_SUCH_DOCUMENT: {
    zh: '没有这份文件（{detail}）。',
    en: 'There is no such document ({detail}).',
  },
  NO_SUCH_PATH: {
    zh: '没有这个接口地址或方法（{detail}）。全部接口见 /docs。',
    en: 'There is no such address or method ({detail}). /docs lists all.',
  },
  NO_SUCH_CODE: {
    zh: '没有这个代码（{detail}）。请从当前任务表或类别表中选取。',
    en: 'There is no such code ({detail}). Choose one of the active catalogue or category scheme.',
  },
  NO_SUCH_CATALOGUE: {
    zh: '没有这张任务表（{detail}）。',
    en: 'There is no such catalogue ({detail}).',
  },
  NO_SUCH_RELEASE: {
    zh: '没有这个待启用版本（{detail}）。',
    en: 'There is no such release ({detail}).',
  },
  GATE_CLOSED: {
    zh: '这个版本没有通过启用前的检验，现行版本保持不变（{detail}）。请先看检验报告。',
    en: 'This release did not pass its checks and the present one stays in force ({detail}). Read its report.',
  },
  SHADOW_TOO_SHORT: {
    zh: '试运行的文件还不够（{detail}）。请等够件数，或写明理由后跳过试运行。',
    en: 'Too few uploads were scored in shadow ({detail}). Wait for more, or waive the shadow run and say why.',
  },
  TOO_FEW_REVIEWS: {
    zh: '可供学习的审核记录太少（{detail}）。请先审核更多文件。',
    en: 'There are too few reviews to learn from ({detail}). Review more documents first.',
  },
  NOTHING_TO_UNDO: {
    zh: '没有可以撤销的审核决定（{detail}）。',
    en: 'There is no decision to undo ({detail}).',
  },
  STALE_REVISION: {
    zh: '已被他人修改（{detail}）。请查看最新内容后再提交。',
    en: 'Somebody changed this meanwhile ({detail}). Look at the newest state, then decide again.',
  },
  WRONG_STATE: {
    zh: '文件当前状态不允许这个操作（{detail}）。',
    en: 'The present state of the document does not allow this ({detail}).',
  },
  QUOTE_MISMATCH: {
    zh: '引文与正文不符（{detail}）。请在正文中重新选取。',
    en: 'The quote does not match the text ({detail}). Select it in the text again.',
  },
  BAD_REQUEST: { zh: '请求内容有误（{detail}）。', en: 'The request is not valid ({detail}).' },
  BAD_PAGE_TOKEN: {
    zh: '翻页标记无效。请从第一页重新开始。',
    en: 'The page token is not valid. Start again from the first page.',
  },
  NOT_SIGNED_IN: { zh: '请先登录（{detail}）。', en: 'Sign in first ({detail}).' },
  NOT_ALLOWED: {
    zh: '您的角色没有这项权限（{detail}）。',
    en: 'Your role does not allow this ({detail}).',
  },
} as const satisfies Record<string, { zh: string; en: string }>;

export type RefusalKind = keyof typeof MESSAGES;

export const isRefusalKind = (code: string): code is RefusalKind => Object.hasOwn(MESSAGES, code);

export const REFUSAL_KINDS = Object.keys(MESSAGES).filter(isRefusalKind);

/** `detail` completes the sentence (a limit, a format, a row) and never holds document text or personal data. */
export interface Refusal {
  readonly kind: RefusalKind;
  readonly detail: string;
}

/** Reasons for which a file goes to the reader of scans. */
export const NO_USABLE_TEXT: ReadonlySet<RefusalKind> = new Set(['NO_TEXT_LAYER', 'GARBLED_TEXT']);

/** What an officer reads of a refusal. */
export const reasonSchema = z.object({ code: z.string(), zh: z.string(), en: z.string() });
export type Reason = z.infer<typeof reasonSchema>;

export const refusal = (kind: RefusalKind, detail = ''): Refusal => ({ kind, detail });

const fill = (sentence: string, detail: string): string =>
  detail === ''
    ? sentence.replace(/（\{detail\}）| \(\{detail\}\)/gu, '').replace('{detail}', '')
    : sentence.replace('{detail}', () => detail);

/** Says a refusal in both languages. */
export const reasonOf = ({ kind, detail }: Refusal): Reason => ({
  code: kind,
  zh: fill(MESSAGES[kind].zh, detail),
  en: fill(MESSAGES[kind].en, detail),
});
