package org.irisgraph.document.format;

import java.util.Optional;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.text.TextContentRenderer;

/**
 * Resolves the named characters of DTDs, such as {@code alpha}. HTML 5 took its names from the
 * entity sets of ISO 8879 and ISO 9573-13, which JATS uses, and CommonMark knows all of HTML 5's.
 */
final class DtdEntities {

  private static final Parser PARSER = Parser.builder().build();
  private static final TextContentRenderer RENDERER = TextContentRenderer.builder().build();

  private DtdEntities() {}

  /** The text of an entity by its name. */
  static Optional<String> text(String name) {
    String reference = "&" + name + ";";
    // Between letters, because the renderer strips white space, and some names stand for spaces.
    String rendered = RENDERER.render(PARSER.parse("x" + reference + "x"));
    String text = rendered.substring(1, rendered.length() - 1);
    return text.equals(reference) ? Optional.empty() : Optional.of(text);
  }
}
