const page = `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <title>A page to be made smaller</title>
</head>
<body>
  <!-- nobody needs this -->
  <h1>A page   to be made smaller</h1>
  <p>It has <b>bold</b> words, <i>slanted</i> ones and    too many spaces.</p>
  <ul>
    <li>first</li>
    <li>second</li>
    <li>third</li>
  </ul>
</body>
</html>
`;

export const inputs = [{ name: 'a page', args: [new TextEncoder().encode(page), {}] }];
