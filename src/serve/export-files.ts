import type { ModelForm } from './model-form.ts';

/** package.json of an exported demo. @param refit what it depends on: a tarball beside it, or a version */
export function exportPackage(name: string, form: ModelForm, refit: string): string {
  const content = {
    name: `${name.toLowerCase().replace(/[^a-z0-9-]+/g, '-')}-demo`,
    version: '1.0.0',
    private: true,
    description: form.title,
    type: 'module',
    engines: { node: '>=20' },
    scripts: { start: 'node server.js' },
    dependencies: { refit },
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

export const serverScript = `// Reads HOST, PORT, ALLOWED_HOSTS, ALLOWED_ORIGINS (lists with commas), REFIT_LOGIN (name:password) and FLAG_FOLDER.
import 'refit/register';
import { serveExport } from 'refit';

await serveExport(new URL('./demo/', import.meta.url));
`;

export const dockerfile = `FROM node:20-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=7860
USER node
WORKDIR /home/node/demo
COPY --chown=node . .
# Nets need onnxruntime-node: leave --omit=optional out for them.
RUN npm install --omit=dev --omit=optional --no-audit --no-fund
EXPOSE 7860
HEALTHCHECK CMD node -e "fetch('http://127.0.0.1:' + process.env.PORT + '/health').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"
CMD ["node", "server.js"]
`;

/** README.md of an exported demo; its head is what a Hugging Face Space of Docker type wants. */
export function exportReadme({ title, about }: ModelForm): string {
  return `---
title: ${JSON.stringify(title.slice(0, 60))}
emoji: 📊
colorFrom: blue
colorTo: gray
sdk: docker
app_port: 7860
pinned: false
---

# ${title}

${about}

A demo made by Refit: a page to try the model, and an API that Gradio's clients and plain requests can call.

## Run it

\`\`\`sh
npm install && npm start      # http://127.0.0.1:7860
\`\`\`

or

\`\`\`sh
docker build -t demo . && docker run -p 7860:7860 demo
\`\`\`

or push this folder to a Hugging Face Space of Docker type, or to any host that runs Node or containers.

## Settings, from the environment

| name | meaning | default |
| --- | --- | --- |
| \`HOST\` | address to listen on | \`127.0.0.1\`; \`0.0.0.0\` in the container |
| \`PORT\` | port to listen on | \`7860\` |
| \`ALLOWED_HOSTS\` | names the server is called by, with commas between; \`*\` for any | this machine's; in a Space, its own |
| \`ALLOWED_ORIGINS\` | origins of other pages whose scripts may call | none |
| \`REFIT_LOGIN\` | \`name:password\`, one a line | no login |
| \`FLAG_FOLDER\` | where flagged results are written | \`flagged\` |
`;
}
