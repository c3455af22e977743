/** Opens a mail: what it says, and its attachments as files of their own. */
import msgReader, { type FieldsData } from '@kenjiuno/msgreader';
import PostalMime, { type Attachment } from 'postal-mime';
import type { ContainerCaps, Member, MemberLeft, OpenedContainer } from '../../domain/container.ts';
import { megabytes } from '../../domain/limits.ts';
import { type Refusal, refusal } from '../../domain/refusal.ts';
import { accept, type Result, refuse } from '../../domain/result.ts';
import { isSoundOle } from '../ole-soundness.ts';
import { type MailBody, readMailBody } from './mail-body.ts';
import { safeMemberName } from './member-name.ts';

type MsgReader = typeof msgReader.default;

/** A CommonJS package: Node gives its exports, test runners and bundlers may give the class at once. */
const MsgReader: MsgReader = Reflect.get(msgReader, 'default') ?? msgReader;

interface Mail {
  readonly format: 'eml' | 'msg';
  readonly body: MailBody;
  readonly members: readonly Member[];
  readonly left: readonly MemberLeft[];
}

const opened = async (
  mail: Mail,
  caps: ContainerCaps,
): Promise<Result<OpenedContainer, Refusal>> => {
  const { format, members, left } = mail;
  const total = members.reduce((sum, { bytes }) => sum + bytes.length, 0);
  if (members.length > caps.members)
    return refuse(refusal('ARCHIVE_LIMIT', `> ${caps.members} 个附件 / attachments`));
  if (total > caps.totalBytes)
    return refuse(refusal('ARCHIVE_LIMIT', `> ${megabytes(caps.totalBytes)}`));
  const body = await readMailBody(mail.body, format);
  if (!body.ok) return body;
  if (body.value === null && members.length === 0) return refuse(refusal('NO_TEXT'));
  return accept({ format, body: body.value, members, left });
};

const bytesOf = ({ content }: Attachment): Uint8Array =>
  typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content);

const nameOf = ({ filename, mimeType }: Attachment): string =>
  safeMemberName(filename ?? (mimeType === 'message/rfc822' ? 'message.eml' : 'attachment'));

/** Pictures that the text of the mail shows in place: signatures and logos, not documents. */
const isShownInText = ({ related, disposition, mimeType }: Attachment): boolean =>
  mimeType.startsWith('image/') && (related === true || disposition === 'inline');

/** Refuses with ARCHIVE_LIMIT over a cap, DAMAGED where it is no mail, NO_TEXT where it is empty, and as its text does. */
export const openEml = async (
  bytes: Uint8Array,
  caps: ContainerCaps,
): Promise<Result<OpenedContainer, Refusal>> => {
  const mail = await PostalMime.parse(bytes, {
    forceRfc822Attachments: true,
    maxNestingDepth: 64,
    maxHeadersSize: 2 ** 20,
  }).catch(() => null);
  if (mail === null) return refuse(refusal('DAMAGED', 'mail'));
  const members = mail.attachments
    .filter((attachment) => !isShownInText(attachment))
    .map((attachment) => ({ name: nameOf(attachment), bytes: bytesOf(attachment) }));
  const body = { subject: mail.subject ?? '', text: mail.text ?? '', html: mail.html ?? '' };
  return opened({ format: 'eml', body, members, left: [] }, caps);
};

const htmlOf = ({ bodyHtml, html }: FieldsData): string =>
  bodyHtml ?? (html === undefined ? '' : new TextDecoder('utf-8').decode(html));

const openSoundMsg = async (
  bytes: Uint8Array,
  caps: ContainerCaps,
): Promise<Result<OpenedContainer, Refusal>> => {
  const reader = new MsgReader(new Uint8Array(bytes).buffer);
  reader.parserConfig = { ansiEncoding: 'gb18030' };
  const fields = reader.getFileData();
  if (fields.error !== undefined) return refuse(refusal('DAMAGED', 'msg'));
  const members: Member[] = [];
  const left: MemberLeft[] = [];
  for (const attachment of fields.attachments ?? []) {
    const shown = attachment.fileName ?? attachment.name ?? 'attachment';
    if (attachment.attachmentHidden === true) continue;
    if (attachment.innerMsgContent === true)
      left.push({ name: safeMemberName(shown), why: 'FORMAT_NOT_YET_READ' });
    else {
      const { content, fileName } = reader.getAttachment(attachment);
      members.push({ name: safeMemberName(fileName ?? shown), bytes: content });
    }
  }
  const body = {
    subject: fields.subject ?? '',
    text: fields.body ?? '',
    html: htmlOf(fields),
  };
  return opened({ format: 'msg', body, members, left }, caps);
};

/**
 * As `openEml`, for the format of Outlook; a mail attached to a mail is named and left out. Sectors that run in a ring
 * are DAMAGED: the library would follow them for ever.
 */
export const openMsg = async (
  bytes: Uint8Array,
  caps: ContainerCaps,
): Promise<Result<OpenedContainer, Refusal>> =>
  isSoundOle(bytes) ? openSoundMsg(bytes, caps) : refuse(refusal('DAMAGED', 'msg'));
