import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** Where `npm run dev` runs the server; the pages always speak to their own origin. */
const SERVER = 'http://localhost:3000'

export default defineConfig({
  plugins: [react()],
  build: { target: 'es2022', outDir: 'dist', sourcemap: true },
  server: {
    port: 5173,
    strictPort: true,
    proxy: {
      '/api': { target: SERVER, changeOrigin: false },
      '/socket.io': { target: SERVER, ws: true },
    },
  },
})
