import type { ServerResponse } from 'node:http';
import { sendFile } from './static-files.ts';

/** The page starts swagger-ui on our own document; everything comes from this server. */
const PAGE = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>ATN Workbench REST reference</title>
<link rel="stylesheet" href="/api/docs/swagger-ui.css"></head>
<body><div id="reference"></div>
<script src="/api/docs/swagger-ui-bundle.js"></script><script src="/api/docs/start.js"></script></body></html>`;

const START = `SwaggerUIBundle({ url: '/api/v1/openapi.json', dom_id: '#reference', deepLinking: true, validatorUrl: null });`;

const POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'";

/** Serves `/api/docs` and what it needs; false for any other address. */
export async function sendReference(path: string, response: ServerResponse): Promise<boolean> {
  if (path === '/api/docs' || path === '/api/docs/') return sendText(response, 'text/html; charset=utf-8', PAGE);
  if (path === '/api/docs/start.js') return sendText(response, 'text/javascript; charset=utf-8', START);
  if (path === '/api/docs/swagger-ui.css') return sendFile((await import('swagger-ui-dist/swagger-ui.css?asset')).default, response);
  if (path === '/api/docs/swagger-ui-bundle.js') {
    return sendFile((await import('swagger-ui-dist/swagger-ui-bundle.js?asset')).default, response);
  }
  return false;
}

function sendText(response: ServerResponse, type: string, text: string): true {
  response.writeHead(200, { 'Content-Type': type, 'Content-Security-Policy': POLICY, 'X-Content-Type-Options': 'nosniff' });
  response.end(text);
  return true;
}
