import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** Call engine and all: a terminal loads once, and must not find a part missing in front of a visit. */
const WHOLE_APP_KB = 700

/** Where `npm run dev` runs the server; the terminal always speaks to its own origin. */
const SERVER = 'http://localhost:3000'

export default defineConfig({
  base: '/terminal/',
  plugins: [react()],
  build: {
    target: 'es2022',
    outDir: 'dist',
    sourcemap: true,
    chunkSizeWarningLimit: WHOLE_APP_KB,
  },
  server: {
    port: 5174,
    strictPort: true,
    proxy: {
      '/api': { target: SERVER, changeOrigin: false },
      '/socket.io': { target: SERVER, ws: true },
    },
  },
})
