package org.irisgraph.document.format;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.Image;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.HtmlNodeRendererContext;
import org.commonmark.renderer.html.HtmlRenderer;
import org.irisgraph.document.ReadException;
import org.irisgraph.document.ReadFailure;
import org.jsoup.Jsoup;

/**
 * Renders Markdown as plain text: as HTML, in which Markdown may be written as well, and that as
 * {@link HtmlText} does.
 */
final class PlainMarkdown {

  /**
   * More list and quotation marks on one line than in any real text; parsing is quadratic in them.
   */
  private static final Pattern DEEP_NESTING =
      Pattern.compile("(?m)^(?:[ \\t]*+(?:>|(?:[-*+]|\\d{1,9}[.)])(?=[ \\t]))){200}");

  private static final Parser PARSER = Parser.builder().build();

  private static final HtmlRenderer RENDERER =
      HtmlRenderer.builder().nodeRendererFactory(ImageText::new).build();

  /** Tags within which HTML has no markup or no text, up to their end. */
  private static final Pattern SWALLOWING =
      Pattern.compile(
          "(?i)<(script|style|title|textarea|xmp|iframe|noembed|noframes|noscript|plaintext|template"
              + "|nav|object|audio|video|canvas|datalist|head|select|svg|math)\\b[^<>]*>");

  private PlainMarkdown() {}

  /** The text, with a blank line between blocks. */
  static String render(String markdown) throws ReadException {
    if (DEEP_NESTING.matcher(markdown).find()) {
      throw tooDeep();
    }
    try {
      String html = RENDERER.render(PARSER.parse(MarkdownTables.toParagraphs(markdown)));
      return HtmlText.of(Jsoup.parseBodyFragment(withoutOpenEnds(html)).body());
    } catch (StackOverflowError e) {
      throw tooDeep();
    }
  }

  /** Removes tags that would swallow the rest of the text: those that are mentioned, not used. */
  private static String withoutOpenEnds(String html) {
    String lower = html.toLowerCase(Locale.ROOT);
    Map<String, Integer> lastEnds = new HashMap<>();
    return SWALLOWING
        .matcher(html)
        .replaceAll(
            tag -> {
              String name = tag.group(1).toLowerCase(Locale.ROOT);
              int end = lastEnds.computeIfAbsent(name, key -> lower.lastIndexOf("</" + key));
              return end > tag.start() ? Matcher.quoteReplacement(tag.group()) : "";
            });
  }

  private static ReadException tooDeep() {
    return new ReadException(
        ReadFailure.BAD_MARKDOWN, "lists or quotations are nested too deeply to be read");
  }

  /** Renders an image as the text that describes it. */
  private static final class ImageText implements NodeRenderer {

    private final HtmlNodeRendererContext context;

    ImageText(HtmlNodeRendererContext context) {
      this.context = context;
    }

    @Override
    public Set<Class<? extends Node>> getNodeTypes() {
      return Set.of(Image.class);
    }

    @Override
    public void render(Node node) {
      for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
        context.render(child);
      }
    }
  }
}
