package org.irisgraph.document.tika;

import java.util.Set;
import org.irisgraph.document.FlowText;
import org.irisgraph.document.FlowText.Gap;
import org.irisgraph.document.HiddenMarkup;
import org.xml.sax.Attributes;

/**
 * Renders Tika's XHTML events as text up to a limit: a blank line between blocks, a bar between the
 * cells of a row, the line breaks of a PDF as they are. Tika's guard against zip bombs wraps this
 * handler and also counts characters beyond the limit.
 */
final class PlainTextHandler extends TextHandler {

  /** An element of {@link HidingHtmlMapper}, before and after which a line ends. */
  static final String LINE = "line";

  private static final Set<String> BLOCKS =
      Set.of(
          "address",
          "blockquote",
          "body",
          "div",
          "dd",
          "dl",
          "dt",
          "h1",
          "h2",
          "h3",
          "h4",
          "h5",
          "h6",
          "hr",
          "li",
          "ol",
          "p",
          "pre",
          "section",
          "table",
          "tbody",
          "thead",
          "ul");

  private static final Set<String> CELLS = Set.of("td", "th");

  private static final Set<String> SKIPPED = Set.of("head", "script", "style", "title");

  /** The length of the gap between cells, reserved before each character. */
  private static final int LONGEST_GAP = 3;

  private final int maxCharacters;
  private final FlowText text = new FlowText();
  private int skipped;

  /** Open elements from a hidden one on. */
  private int hidden;

  /** The length of the text where an element has begun a line; -1 after its end. */
  private int begun = -1;

  private boolean cut;

  PlainTextHandler(int maxCharacters) {
    this.maxCharacters = maxCharacters;
  }

  @Override
  String text() {
    return text.toString();
  }

  @Override
  boolean isEmpty() {
    return text.isEmpty();
  }

  @Override
  boolean isCut() {
    return cut;
  }

  @Override
  public void startElement(String uri, String name, String qualified, Attributes attributes) {
    if (hidden > 0
        || HiddenMarkup.isHidden(
            attributes.getValue(HiddenMarkup.HIDDEN), attributes.getValue(HiddenMarkup.STYLE))) {
      hidden++;
    } else if (SKIPPED.contains(name)) {
      skipped++;
    } else if (CELLS.contains(name)) {
      text.beginCell();
    } else if (name.equals("tr")) {
      text.beginRow();
    } else if (name.equals("br")) {
      breakLine();
    } else if (name.equals(LINE)) {
      beginLine();
    } else if (BLOCKS.contains(name)) {
      text.widen(Gap.BLOCK);
    }
  }

  @Override
  public void endElement(String uri, String name, String qualified) {
    if (hidden > 0) {
      hidden--;
    } else if (SKIPPED.contains(name)) {
      skipped--;
    } else if (name.equals(LINE)) {
      endLine();
    } else if (name.equals("tr")) {
      text.endRow();
    } else if (BLOCKS.contains(name)) {
      text.widen(Gap.BLOCK);
    }
  }

  @Override
  public void characters(char[] characters, int start, int length) {
    if (skipped > 0 || hidden > 0 || cut) {
      return;
    }
    for (int i = start; i < start + length && !cut; i++) {
      append(characters[i]);
    }
  }

  /** Tika reports the line breaks of a PDF here. */
  @Override
  public void ignorableWhitespace(char[] characters, int start, int length) {
    characters(characters, start, length);
  }

  private void append(char character) {
    if (character == '\n') {
      breakLine();
    } else if (Character.isWhitespace(character) || Character.isSpaceChar(character)) {
      text.widen(Gap.SPACE);
    } else {
      if (text.length() + LONGEST_GAP >= maxCharacters) {
        cut = true;
      } else {
        text.append(character);
      }
    }
  }

  private void beginLine() {
    if (text.gap().compareTo(Gap.LINE) < 0) {
      text.widen(Gap.LINE);
      begun = text.length();
    }
  }

  /** An element without text, such as that of a line break, is one break. */
  private void endLine() {
    if (text.length() == begun) {
      begun = -1;
    } else {
      breakLine();
    }
  }

  /** Mail separates paragraphs by two breaks. */
  private void breakLine() {
    text.widen(text.gap() == Gap.LINE ? Gap.BLOCK : Gap.LINE);
  }
}
