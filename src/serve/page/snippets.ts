import type { Payload, TabConfig } from './config.ts';

/** Characters of a text that a snippet shows. */
const MOST = 160;

/** What a snippet calls with: the first example, or what the inputs hold at first. */
function snippetValues({ inputs, examples }: TabConfig): Payload[] {
  return inputs.map((input, j) => shortened(examples[0]?.[j] ?? input.initial ?? input.example));
}

const isFile = (type: string): boolean => type === 'file' || type === 'image';
const fileName = ({ type }: { type: string }): string => (type === 'image' ? 'image.png' : 'file.csv');

export function curlSnippet(tab: TabConfig, base: string, hasLogin: boolean): string {
  const { apiName, inputs } = tab;
  const cookie = hasLogin ? ' -b cookies' : '';
  const lines: string[] = [];
  if (hasLogin) lines.push(`curl -s -c cookies -d 'username=NAME&password=PASSWORD' ${base}/login`, '');
  const values = snippetValues(tab);
  let body = `'${JSON.stringify({ data: values }).replaceAll("'", "'\\''")}'`;
  for (const [j, input] of inputs.entries()) {
    if (!isFile(input.type)) continue;
    lines.push(`PATH_${j}=$(curl -s${cookie} -F files=@${fileName(input)} ${base}/gradio_api/upload | cut -d '"' -f 2)`);
    values[j] = { path: `PATH_${j}` };
  }
  if (lines.some((line) => line.startsWith('PATH_'))) {
    const quoted = JSON.stringify({ data: values }).replaceAll("'", "'\\''").replace(/"(PATH_\d+)"/g, `"'$$$1'"`);
    body = `'${quoted}'`;
  }
  lines.push('# In one request:', `curl -s${cookie} ${base}/gradio_api/run/${apiName} \\`, `  -H 'content-type: application/json' -d ${body}`, '');
  lines.push('# Or start it, then read its events:', `EVENT=$(curl -s${cookie} ${base}/gradio_api/call/${apiName} \\`, `  -H 'content-type: application/json' -d ${body} | cut -d '"' -f 4)`);
  lines.push(`curl -s -N${cookie} ${base}/gradio_api/call/${apiName}/$EVENT`);
  return lines.join('\n');
}

export function javaScriptSnippet(tab: TabConfig, base: string, hasLogin: boolean): string {
  const { apiName, inputs, isGenerator } = tab;
  const files = inputs.filter(({ type }) => isFile(type));
  const values = snippetValues(tab);
  const members = inputs.map((input, j) => `  ${input.name}: ${isFile(input.type) ? `new File([await readFile('${fileName(input)}')], '${fileName(input)}')` : JSON.stringify(values[j])},`);
  return [
    '// npm install @gradio/client',
    ...(files.length > 0 ? ["import { readFile } from 'node:fs/promises';"] : []),
    "import { Client } from '@gradio/client';",
    '',
    `const client = await Client.connect('${base}'${hasLogin ? ", { auth: ['NAME', 'PASSWORD'] }" : ''});`,
    ...(isGenerator
      ? [`for await (const message of client.submit('/${apiName}', {`, ...members, '})) {', "  if (message.type === 'data') console.log(message.data);", '}']
      : [`const result = await client.predict('/${apiName}', {`, ...members, '});', 'console.log(JSON.stringify(result.data, null, 2));']),
  ].join('\n');
}

export function pythonSnippet(tab: TabConfig, base: string, hasLogin: boolean): string {
  const { apiName, inputs, isGenerator } = tab;
  const files = inputs.filter(({ type }) => isFile(type));
  const values = snippetValues(tab);
  const members = inputs.map((input, j) => `    ${input.name}=${isFile(input.type) ? `handle_file("${fileName(input)}")` : python(values[j])},`);
  return [
    '# pip install gradio_client',
    `from gradio_client import Client${files.length > 0 ? ', handle_file' : ''}`,
    '',
    `client = Client("${base}"${hasLogin ? ', auth=("NAME", "PASSWORD")' : ''}, analytics_enabled=False)`,
    ...(isGenerator ? ['job = client.submit('] : ['result = client.predict(']),
    ...members,
    `    api_name="/${apiName}",`,
    ')',
    ...(isGenerator ? ['for partial in job:', '    print(partial)'] : ['print(result)']),
  ].join('\n');
}

/** A value as Python writes it; JSON's texts are Python's too. */
function python(value: Payload): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (Array.isArray(value)) return `[${value.map(python).join(', ')}]`;
  if (typeof value === 'object') return `{${Object.entries(value).map(([name, member]) => `${JSON.stringify(name)}: ${python(member)}`).join(', ')}}`;
  return JSON.stringify(value);
}

function shortened(value: Payload): Payload {
  return typeof value === 'string' && value.length > MOST ? value.slice(0, MOST).replace(/[\ud800-\udbff]$/, '') : value;
}
