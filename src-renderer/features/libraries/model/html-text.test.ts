import { expect, it } from 'vitest';
import { htmlText } from './html-text.ts';

it.each([
  ['<p>Executes <code>command</code>.</p><p>A new shell.</p>', 'Executes command.\n\nA new shell.'],
  ['<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>', 'a    b\nc    d'],
  ['<table border="1">\n<tr>\n<td>outlet</td>\n<td>its name</td>\n</tr>\n</table>\n<pre>\na\n  b\n</pre>', 'outlet    its name\n\na\n  b'],
  ['<ul><li>one</li><li>two</li></ul>', '- one\n- two'],
  ['1 &lt; 2 &amp;&amp; 3 &#62; 2 &#x41; &unknown;', '1 < 2 && 3 > 2 A &unknown;'],
  ['before<script>alert("x")</script>after<img src=x onerror="alert(1)">', 'beforeafter'],
])('reads %s', (html, text) => expect(htmlText(html)).toBe(text));
