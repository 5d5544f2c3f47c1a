/** Any class of this library that is rebuilt from its options or steps. */
export type NamedClass = new (described: any) => object;

/** The public surface, loaded by address at need: it stands above this layer, and the build keeps it one file. */
const surface = new URL(`../index${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url).href;
let exported: Promise<Record<string, unknown>> | undefined;

/** All that this library exports, by name; what stands in the namespace of nets, optimisers for instance, without its prefix. */
export function libraryExports(): Promise<Readonly<Record<string, unknown>>> {
  return (exported ??= import(surface).then((names: Record<string, unknown>) => ({ ...(names.nn as object | undefined), ...names })));
}

/** The class that this library exports under a name, or undefined when there is none. */
export async function classNamed(name: string): Promise<NamedClass | undefined> {
  const value = (await libraryExports())[name];
  return /^[A-Z]/.test(name) && typeof value === 'function' ? (value as NamedClass) : undefined;
}
