package org.irisgraph.document.tika;

import java.util.Locale;
import org.apache.tika.parser.html.DefaultHtmlMapper;
import org.apache.tika.sax.XHTMLContentHandler;
import org.irisgraph.document.HiddenMarkup;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the attributes that hide an element, as newsletters hide the line that a list of mails
 * shows. By default Tika drops them, and also elements such as {@code div}, of which a line break
 * alone is left.
 */
final class HidingHtmlMapper extends DefaultHtmlMapper {

  private static final String INLINE = "span";

  @Override
  public String mapSafeElement(String name) {
    String safe = super.mapSafeElement(name);
    if (safe != null) {
      return safe;
    }
    // Under its own name, each of Tika's nested handlers would add a line break.
    return XHTMLContentHandler.ENDLINE.contains(name.toLowerCase(Locale.ROOT))
        ? PlainTextHandler.LINE
        : INLINE;
  }

  @Override
  public @Nullable String mapSafeAttribute(String element, String attribute) {
    return attribute.equals(HiddenMarkup.HIDDEN) || attribute.equals(HiddenMarkup.STYLE)
        ? attribute
        : super.mapSafeAttribute(element, attribute);
  }
}
