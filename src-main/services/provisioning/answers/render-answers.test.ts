import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderTemplate } from './render-answers.ts';

const render = (text: string, values: object = {}) => renderTemplate({ path: 'user-data', text }, values);

describe('templates of answers', () => {
  it('take values, conditions and lists', async () => {
    const text =
      'hostname: {{ sut.name }}\n{% if secret.root %}rootpw {{ secret.root | shell }}\n{% endif %}{% for key in keys %}- {{ key }}\n{% endfor %}';
    expect(await render(text, { sut: { name: 'box-1' }, secret: { root: "it's" }, keys: ['a', 'b'] })).toBe(
      "hostname: box-1\nrootpw 'it'\\''s'\n- a\n- b\n",
    );
  });

  it('refuse a name that is not known, with the line', async () => {
    await expect(render('a\nb {{ sut.nmae }}', { sut: { name: 'x' } })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      message: expect.stringMatching(/user-data: .*nmae.*line:2/u) as unknown,
    });
    await expect(render('{{ sut.name | nothing }}', { sut: { name: 'x' } })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    await expect(render('{% if %}')).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });

  it('reach neither files nor what JavaScript hangs on values', async () => {
    for (const text of ["{% render '/etc/passwd' %}", "{% include 'package.json' %}", "{% layout 'x' %}"])
      await expect(render(text)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    for (const text of ['{{ sut.constructor }}', '{{ sut.__proto__ }}', '{{ constructor.constructor }}'])
      await expect(render(text, { sut: { name: 'x' } })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });

  it('end in time, however long they would go on', async () => {
    await expect(render('{% for a in (1..100000000) %}{% for b in (1..100000000) %}x{% endfor %}{% endfor %}')).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
  });

  it('give every value to a shell as one word', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), async (value) => {
        const word = await render('{{ value | shell }}', { value });
        expect(word.slice(1, -1).replaceAll(String.raw`'\''`, "'")).toBe(value);
        expect(word.slice(1, -1).replaceAll(String.raw`'\''`, '')).not.toContain("'");
      }),
    );
  });
});
