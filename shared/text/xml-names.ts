/** Translates the prefixes that an XML file happens to use into the ones that our readers know. */

interface Scope {
  /** Depth of the element that declared it. */
  readonly depth: number;
  /** File prefix → known prefix; '' is the default namespace. */
  readonly prefixes: ReadonlyMap<string, string>;
  readonly elements: Map<string, string>;
  readonly attributes: Map<string, string>;
}

export interface NameScopes {
  /** Before the names of an element are asked for; false where the file declares more than any honest one. */
  enter(attributes: Readonly<Record<string, string>>): boolean;
  leave(): void;
  /** Known name of an element of the file. */
  element(name: string): string;
  /** Name in the file of a known attribute. */
  attribute(known: string): string;
}

const XML_NAMESPACE = 'http://www.w3.org/XML/1998/namespace';

/** Declarations in force, summed over all elements that add one. */
const MOST_COPIED = 5_000_000;

const scopeOf = (depth: number, prefixes: ReadonlyMap<string, string>): Scope => ({
  depth,
  prefixes,
  elements: new Map(),
  attributes: new Map(),
});

const declarations = (attributes: Readonly<Record<string, string>>): [string, string][] => {
  const found: [string, string][] = [];
  for (const name in attributes) {
    if (!name.startsWith('xmlns')) continue;
    const uri = attributes[name] ?? '';
    if (name === 'xmlns') found.push(['', uri]);
    else if (name[5] === ':') found.push([name.slice(6), uri]);
  }
  return found;
};

const knownElement = (name: string, { prefixes }: Scope): string => {
  const colon = name.indexOf(':');
  const prefix = colon < 0 ? '' : name.slice(0, colon);
  const local = colon < 0 ? name : name.slice(colon + 1);
  const known = prefixes.get(prefix);
  if (known === undefined) return prefix === '' ? local : `?:${local}`;
  return `${known}:${local}`;
};

const fileAttribute = (known: string, { prefixes }: Scope): string => {
  const colon = known.indexOf(':');
  if (colon < 0) return known;
  const wanted = known.slice(0, colon);
  for (const [prefix, to] of prefixes)
    if (to === wanted && prefix !== '') return `${prefix}${known.slice(colon)}`;
  return known;
};

const remembered = (
  memory: Map<string, string>,
  name: string,
  find: (name: string) => string,
): string => {
  const before = memory.get(name);
  if (before !== undefined) return before;
  const found = find(name);
  if (memory.size < 10_000) memory.set(name, found);
  return found;
};

/** Scopes nest as namespaces in XML 1.0 do; only elements that declare something cost a scope. */
export const nameScopes = (namespaces: ReadonlyMap<string, string>): NameScopes => {
  const outer = scopeOf(0, new Map([['xml', namespaces.get(XML_NAMESPACE) ?? 'xml']]));
  const scopes: Scope[] = [outer];
  let depth = 0;
  let copied = 0;
  const current = (): Scope => scopes.at(-1) ?? outer;
  return {
    enter: (attributes) => {
      depth += 1;
      const { prefixes } = current();
      const declared = declarations(attributes)
        .map(([prefix, uri]) => [prefix, namespaces.get(uri) ?? '?'] as const)
        .filter(([prefix, known]) => prefixes.get(prefix) !== known);
      if (declared.length === 0) return true;
      const wider = new Map([...prefixes, ...declared]);
      copied += wider.size;
      scopes.push(scopeOf(depth, wider));
      return copied <= MOST_COPIED;
    },
    leave: () => {
      if (current().depth === depth && depth > 0) scopes.pop();
      depth -= 1;
    },
    element: (name) => {
      const scope = current();
      return remembered(scope.elements, name, (wanted) => knownElement(wanted, scope));
    },
    attribute: (known) => {
      const scope = current();
      return remembered(scope.attributes, known, (wanted) => fileAttribute(wanted, scope));
    },
  };
};
