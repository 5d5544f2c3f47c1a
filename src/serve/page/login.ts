const form = document.querySelector('#login') as HTMLFormElement;
const problem = document.querySelector('#problem') as HTMLElement;

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  problem.textContent = '';
  try {
    const response = await fetch('login', { method: 'POST', body: new URLSearchParams(new FormData(form) as unknown as Record<string, string>) });
    if (response.ok) location.reload();
    else problem.textContent = ((await response.json()) as { detail: string }).detail;
  } catch {
    problem.textContent = 'The server cannot be reached.';
  }
});
