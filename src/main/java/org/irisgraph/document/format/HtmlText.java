package org.irisgraph.document.format;

import java.util.Set;
import org.irisgraph.document.AllowedCharacters;
import org.irisgraph.document.FlowText;
import org.irisgraph.document.FlowText.Gap;
import org.irisgraph.document.HiddenMarkup;
import org.irisgraph.document.RaisedText;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.Evaluator;
import org.jsoup.select.NodeFilter;
import org.jsoup.select.NodeTraversor;
import org.jsoup.select.QueryParser;

/**
 * Renders a page as the text that a browser shows: a blank line between blocks, a bar between the
 * cells of a table's row, one space for any white space within them. Markup within a word leaves no
 * trace.
 *
 * <p>jsoup's {@code text()} writes all blocks and cells as one line, so that sentences and names
 * would run into each other; its {@code wholeText()} keeps the line breaks of the source.
 */
final class HtmlText implements NodeFilter {

  private static final Set<String> BLOCKS =
      Set.of(
          "address",
          "article",
          "aside",
          "blockquote",
          "body",
          "caption",
          "center",
          "dd",
          "details",
          "dialog",
          "dir",
          "div",
          "dl",
          "dt",
          "fieldset",
          "figcaption",
          "figure",
          "footer",
          "form",
          "h1",
          "h2",
          "h3",
          "h4",
          "h5",
          "h6",
          "header",
          "hgroup",
          "hr",
          "legend",
          "li",
          "listing",
          "main",
          "menu",
          "ol",
          "p",
          "plaintext",
          "pre",
          "search",
          "section",
          "summary",
          "table",
          "tbody",
          "tfoot",
          "thead",
          "ul",
          "xmp");

  private static final Set<String> CELLS = Set.of("td", "th");
  private static final Set<String> SPACES =
      Set.of("button", "input", "optgroup", "option", "select", "textarea");
  private static final Set<String> PREFORMATTED = Set.of("listing", "plaintext", "pre", "xmp");

  /** Elements that a browser does not show, or that are not content, such as navigation. */
  private static final Set<String> SKIPPED =
      Set.of(
          "annotation",
          "annotation-xml",
          "audio",
          "canvas",
          "datalist",
          "head",
          "iframe",
          "nav",
          "noembed",
          "noframes",
          "noscript",
          "object",
          "rp",
          "script",
          "style",
          "template",
          "title",
          "video");

  private static final Evaluator LINK = QueryParser.parse("a[href]");

  private final FlowText text = new FlowText();
  private int preformatted;
  private int raised;

  private HtmlText() {}

  /** The text of a page or a part of one. */
  static String of(Element page) {
    HtmlText visible = new HtmlText();
    NodeTraversor.filter(visible, page);
    return visible.text.toString();
  }

  @Override
  public FilterResult head(Node node, int depth) {
    if (node instanceof TextNode characters) {
      append(characters.getWholeText());
    } else if (node instanceof Element element) {
      String name = element.normalName();
      if (SKIPPED.contains(name)
          || HiddenMarkup.isHidden(
              element.hasAttr(HiddenMarkup.HIDDEN) ? "" : null, element.attr(HiddenMarkup.STYLE))) {
        return FilterResult.SKIP_ENTIRELY;
      }
      if (name.equals("sup") && raised++ == 0) {
        append(raised(element).separator());
      }
      append(Formula.separator(element));
      begin(name);
    }
    return FilterResult.CONTINUE;
  }

  @Override
  public FilterResult tail(Node node, int depth) {
    if (node instanceof Element element) {
      end(element.normalName());
    }
    return FilterResult.CONTINUE;
  }

  private RaisedText raised(Element element) {
    return RaisedText.after(
        text.tail(RaisedText.LOOK_BEHIND),
        element.text().strip(),
        element.selectFirst(LINK) != null);
  }

  private void begin(String name) {
    if (CELLS.contains(name)) {
      text.beginCell();
    } else if (name.equals("tr")) {
      text.beginRow();
    } else if (name.equals("br")) {
      breakLine();
    } else {
      separate(name);
    }
    if (PREFORMATTED.contains(name)) {
      preformatted++;
    }
  }

  private void end(String name) {
    raised -= name.equals("sup") ? 1 : 0;
    if (name.equals("tr")) {
      text.endRow();
    } else {
      separate(name);
    }
    if (PREFORMATTED.contains(name)) {
      preformatted--;
    }
  }

  private void separate(String name) {
    if (BLOCKS.contains(name)) {
      text.widen(Gap.BLOCK);
    } else if (SPACES.contains(name)) {
      text.widen(Gap.SPACE);
    }
  }

  private void append(String characters) {
    for (int i = 0; i < characters.length(); i++) {
      char c = characters.charAt(i);
      if (preformatted > 0 && c == '\n') {
        breakLine();
      } else if (AllowedCharacters.isSpace(c)) {
        text.widen(Gap.SPACE);
      } else {
        text.append(c);
      }
    }
  }

  /** Some pages separate paragraphs by two breaks. */
  private void breakLine() {
    text.widen(text.gap() == Gap.LINE ? Gap.BLOCK : Gap.LINE);
  }
}
