// Runs before the first paint, so that a dark room stays dark. src/ui/theme.ts keeps what is read here.
{
  const kept = localStorage.getItem('cordboard.theme');
  if (kept === 'light' || kept === 'dark') document.documentElement.dataset.theme = kept;
}
