/** Names of files inside containers, made safe: they come from strangers and become part of a key. */

const LONGEST = 200;
/** What operating systems leave beside documents. */
const LITTER = /(?:^|\/)(?:__MACOSX\/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|~\$[^/]*$|\.[^/]*$)/iu;

export const isLitter = (name: string): boolean => LITTER.test(name);

const lastOf = (name: string): string => {
  if (name.length <= LONGEST) return name;
  const ending = /\.[A-Za-z0-9]{1,10}$/u.exec(name)?.[0] ?? '';
  return `${name.slice(0, LONGEST - ending.length)}${ending}`.toWellFormed();
};

/** Relative, with `/`, without steps up, control characters or drive letters; `file` where nothing is left. */
export const safeMemberName = (raw: string): string => {
  const steps = raw
    .toWellFormed()
    .normalize('NFC')
    .replaceAll('\\', '/')
    .replace(/[\u0000-\u001f\u007f]/gu, '')
    .split('/')
    .map((step) => step.trim())
    .filter((step) => step !== '' && step !== '.' && step !== '..' && !/^[A-Za-z]:$/u.test(step));
  const name = steps.join('/');
  return name === '' ? 'file' : lastOf(name.length <= LONGEST ? name : (steps.at(-1) ?? 'file'));
};
