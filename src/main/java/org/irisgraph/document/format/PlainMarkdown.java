package org.irisgraph.document.format;

import java.util.Set;
import java.util.regex.Pattern;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.ThematicBreak;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.text.LineBreakRendering;
import org.commonmark.renderer.text.TextContentNodeRendererContext;
import org.commonmark.renderer.text.TextContentRenderer;
import org.commonmark.renderer.text.TextContentWriter;
import org.irisgraph.document.ReadException;
import org.irisgraph.document.ReadFailure;

/** Renders Markdown as plain text without markup. */
final class PlainMarkdown {

  /**
   * More list and quotation marks on one line than in any real text; parsing is quadratic in them.
   */
  private static final Pattern DEEP_NESTING =
      Pattern.compile("(?m)^(?:[ \\t]*+(?:>|(?:[-*+]|\\d{1,9}[.)])(?=[ \\t]))){200}");

  private static final Parser PARSER = Parser.builder().build();

  private static final TextContentRenderer RENDERER =
      TextContentRenderer.builder()
          .lineBreakRendering(LineBreakRendering.SEPARATE_BLOCKS)
          .nodeRendererFactory(VisibleText::new)
          .build();

  private PlainMarkdown() {}

  /** The text, with a blank line between blocks. */
  static String render(String markdown) throws ReadException {
    if (DEEP_NESTING.matcher(markdown).find()) {
      throw tooDeep();
    }
    try {
      return RENDERER.render(PARSER.parse(markdown));
    } catch (StackOverflowError e) {
      throw tooDeep();
    }
  }

  private static ReadException tooDeep() {
    return new ReadException(
        ReadFailure.BAD_MARKDOWN, "lists or quotations are nested too deeply to be read");
  }

  /**
   * Renders the nodes to which commonmark would add quotation marks, addresses or tags, which could
   * end up inside a name.
   */
  private static final class VisibleText extends AbstractVisitor implements NodeRenderer {

    private static final Pattern TAGS_AND_COMMENTS = Pattern.compile("(?s)<!--.*?-->|<[^>]*>");
    private static final Pattern BREAK = Pattern.compile("(?i)<br\\b.*");

    private final TextContentNodeRendererContext context;
    private final TextContentWriter writer;

    VisibleText(TextContentNodeRendererContext context) {
      this.context = context;
      this.writer = context.getWriter();
    }

    @Override
    public Set<Class<? extends Node>> getNodeTypes() {
      return Set.of(
          Code.class,
          Link.class,
          Image.class,
          HtmlInline.class,
          HtmlBlock.class,
          ThematicBreak.class);
    }

    @Override
    public void render(Node node) {
      node.accept(this);
    }

    @Override
    public void visit(Code code) {
      writer.write(code.getLiteral());
    }

    @Override
    public void visit(HtmlInline tag) {
      if (BREAK.matcher(tag.getLiteral()).matches()) {
        writer.write(" ");
      }
    }

    @Override
    public void visit(HtmlBlock block) {
      String text = TAGS_AND_COMMENTS.matcher(block.getLiteral()).replaceAll("").strip();
      if (!text.isEmpty()) {
        writer.write(text);
        writer.block();
      }
    }

    @Override
    public void visit(ThematicBreak rule) {
      // The blocks beside it are separated without it.
    }

    @Override
    protected void visitChildren(Node parent) {
      for (Node child = parent.getFirstChild(); child != null; child = child.getNext()) {
        context.render(child);
      }
    }
  }
}
