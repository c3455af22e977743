/** The words under which a document is found again: number, title, issuer, file name, then the telling words of its text. */
import type { Elements } from '../domain/elements.ts';
import { MAX_WORDS } from '../domain/limits.ts';
import type { Capabilities } from '../ports.ts';
import { titleWords } from './title-words.ts';

const TEXT_READ = 20_000;

export const searchWords = async (
  { words }: Pick<Capabilities, 'words'>,
  {
    text,
    elements,
    fileName,
  }: { readonly text: string; readonly elements: Elements; readonly fileName: string },
): Promise<readonly string[]> => {
  const number =
    elements.documentNumber?.sure === true ? [elements.documentNumber.value.normalised] : [];
  const named = [
    elements.title?.value ?? '',
    elements.issuer?.value ?? '',
    fileName.replace(/\.\w{1,5}$/u, ''),
  ];
  const fromNames = (await Promise.all(named.map((name) => words.words(name)))).flat();
  const fromText = await words.keywords(text.slice(0, TEXT_READ), MAX_WORDS);
  const titles = titleWords(elements.title?.value ?? '');
  return [...new Set([...number, ...titles, ...fromNames, ...fromText])].slice(0, MAX_WORDS);
};
