import { apiView } from './api-view.ts';
import type { Config } from './config.ts';
import { demoView } from './demo-view.ts';
import { element } from './element.ts';
import { tabs } from './tabs.ts';

/** Builds the page from what the server says of itself. */
async function build(): Promise<void> {
  const main = document.querySelector('main') as HTMLElement;
  const head = document.querySelector('header') as HTMLElement;
  const response = await fetch('config');
  if (!response.ok) {
    main.replaceChildren(element('p', { class: 'problem', role: 'alert' }, response.status === 401 ? 'Your login has ended. Load the page again.' : 'The server does not answer as it should.'));
    return;
  }
  const config = (await response.json()) as Config;
  const { description, canLogOut, tabs: demos } = config.refit;
  if (description !== '') head.append(element('p', { class: 'about' }, description));
  if (canLogOut) {
    head.append(
      element(
        'button',
        {
          type: 'button',
          class: 'plain logout',
          onclick: async () => {
            await fetch('logout', { method: 'POST' });
            location.reload();
          },
        },
        'Log out',
      ),
    );
  }
  const { list, panels } = tabs('Parts of this demo', [
    ...demos.map((tab, i) => ({ title: demos.length === 1 ? 'Try it' : tab.title, panel: demoView(tab, config.max_file_size), hash: i === 0 ? '' : tab.apiName })),
    { title: 'Use via API', panel: apiView(config), hash: 'api' },
  ]);
  head.append(list);
  main.replaceChildren(...panels);
}

void build().catch(() => {
  (document.querySelector('main') as HTMLElement).replaceChildren(element('p', { class: 'problem', role: 'alert' }, 'The server cannot be reached. Load the page again.'));
});
