/**
 * One file of the server and of what it shares with other processes: read and compiled in a third of the
 * time that their many modules take, of which each death of the server would cost the people in visits one
 * more. Packages stay where they are.
 */
export default {
  clearScreen: false,
  build: {
    ssr: 'src/main.ts',
    target: 'node24',
    // As deep as src, so that what looks for other folders of the checkout from there finds them.
    outDir: 'dist',
    sourcemap: true,
    rolldownOptions: { output: { entryFileNames: 'main.mjs' } },
  },
}
