/** One option of a command. */
export interface CommandOption {
  /** `text` takes a value, `list` may be given several times, `flag` takes none. */
  kind: 'text' | 'list' | 'whole' | 'flag';
  /** How the value is called in the help; empty for flags. */
  value?: string;
  summary: string;
  default?: string;
  /** Smallest value of a `whole` option. Default 0. */
  min?: number;
}

/** Parsed arguments: positional ones by name, options by name. */
export interface Arguments {
  positional: Record<string, string | undefined>;
  options: Record<string, string | string[] | number | boolean | undefined>;
}

/** A command as data: its help, its parsing and the docs are made from this. */
export interface Command {
  name: string;
  summary: string;
  /** Names of positional arguments; a name in brackets may be left out. */
  positional: readonly string[];
  options: Readonly<Record<string, CommandOption>>;
  examples: readonly string[];
  /** Loads the code only when the command runs, so that help comes at once. @returns the exit status */
  load: () => Promise<{ run: (args: Arguments) => Promise<number> }>;
}
