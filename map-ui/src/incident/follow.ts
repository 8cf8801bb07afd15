// A form that is open while somebody else changes what it is about. What was not touched here follows; what was
// touched on both sides stays as typed, and is named.

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

const names = <Form extends object>(form: Form): (keyof Form & string)[] =>
  Object.keys(form) as (keyof Form & string)[];

/** The form as it stands over `is`, when it was typed over `was`. */
export function follow<Form extends object>(was: Form, is: Form, typed: Form): Form {
  const next = { ...typed };
  for (const name of names(is)) if (same(typed[name], was[name])) next[name] = is[name];
  return next;
}

/** The fields that somebody else changed to something else than what is typed here. */
export function clashes<Form extends object>(was: Form, is: Form, typed: Form): (keyof Form & string)[] {
  return names(is).filter(
    (name) => !same(was[name], is[name]) && !same(typed[name], was[name]) && !same(typed[name], is[name]),
  );
}
