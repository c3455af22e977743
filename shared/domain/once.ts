/** Puts off making something until it is first asked for: what a function needs for its first document does not slow its start. */

/** Calls `make` at most once and gives what it made every time. */
export const once = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
};
