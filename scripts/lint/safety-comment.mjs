/** ESLint rule: a type assertion other than `as const` needs a `// SAFETY:` comment on its line or just above. */
export const safetyComment = {
  meta: { type: 'problem', messages: { missing: 'A cast needs a `// SAFETY:` line above that says why it holds.' }, schema: [] },
  create(context) {
    const lines = context.sourceCode.lines;
    const argued = (line) => {
      for (let at = line; at >= 1 && at > line - 6; at--) {
        if (lines[at - 1]?.includes('SAFETY:')) return true;
        if (at !== line && !/^\s*(\/\/|\*|\/\*)/.test(lines[at - 1] ?? '')) return false;
      }
      return false;
    };
    const check = (node) => {
      const annotation = node.typeAnnotation;
      const isConst = annotation.type === 'TSTypeReference' && annotation.typeName.name === 'const';
      if (!isConst && !argued(node.loc.start.line) && !argued(annotation.loc.start.line)) context.report({ node, messageId: 'missing' });
    };
    return { TSAsExpression: check, TSTypeAssertion: check };
  },
};
