/** pdf.js describes no types for its worker; it is only handed on. */
declare module 'pdfjs-dist/build/pdf.worker.mjs'
