import { readdirSync, readFileSync } from 'node:fs';

/**
 * Bytes in memory of a process and all below it: what is theirs alone, added up, and the largest of what they may
 * share (program files, shared memory). 0 where there is no /proc, and for a process that has ended.
 */
export function treeMemory(pid: number): number {
  let own = 0;
  let shared = 0;
  for (const each of processTree(pid)) {
    const status = readOrEmpty(`/proc/${each}/status`);
    own += kilobytes(status, 'RssAnon');
    shared = Math.max(shared, kilobytes(status, 'RssFile') + kilobytes(status, 'RssShmem'));
  }
  return (own + shared) * 1024;
}

function processTree(pid: number): number[] {
  const tree = [pid];
  for (let i = 0; i < tree.length; i++) {
    for (const thread of listOrEmpty(`/proc/${tree[i]}/task`)) {
      const children = readOrEmpty(`/proc/${tree[i]}/task/${thread}/children`).trim();
      if (children !== '') tree.push(...children.split(' ').map(Number));
    }
  }
  return tree;
}

function kilobytes(status: string, field: string): number {
  return Number(new RegExp(`^${field}:\\s*(\\d+) kB`, 'm').exec(status)?.[1] ?? 0);
}

/** A process may end at any moment: then there is nothing to read. */
function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function listOrEmpty(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
