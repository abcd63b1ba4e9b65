package org.irisgraph.document;

import java.util.Set;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;

/**
 * Writes JATS elements as plain text: a blank line between blocks, one space for any white space
 * within them, a bar between the cells of a table's row. Markup within a word leaves no trace.
 */
final class JatsText {

  private static final Set<String> BLOCKS =
      Set.of(
          "abstract",
          "ack",
          "app",
          "array",
          "attrib",
          "boxed-text",
          "caption",
          "chem-struct-wrap",
          "code",
          "def-item",
          "def-list",
          "disp-formula",
          "disp-formula-group",
          "disp-quote",
          "fig",
          "fig-group",
          "fn",
          "fn-group",
          "list",
          "list-item",
          "p",
          "preformat",
          "sec",
          "speech",
          "statement",
          "subtitle",
          "supplementary-material",
          "table",
          "table-wrap",
          "table-wrap-foot",
          "table-wrap-group",
          "title",
          "tr",
          "row",
          "verse-group",
          "verse-line");

  private static final Set<String> ROWS = Set.of("tr", "row");
  private static final Set<String> CELLS = Set.of("td", "th", "entry");
  private static final Set<String> SPACES = Set.of("break", "hr", "mtd", "mtr", "def");

  /** What stands before the block that it names, on the same line. */
  private static final Set<String> LABELS = Set.of("label", "term");

  /** References, and what a reader of the page does not see. */
  private static final Set<String> SKIPPED =
      Set.of(
          "ref-list",
          "element-citation",
          "nlm-citation",
          "alt-text",
          "alt-title",
          "annotation",
          "annotation-xml",
          "contrib-group",
          "index-term",
          "kwd-group",
          "long-desc",
          "object-id",
          "permissions",
          "sec-meta",
          "tex-math");

  /** Cross-references that are set as raised marks after a word, not as words of the sentence. */
  private static final Set<String> MARKS = Set.of("bibr", "fn", "table-fn", "aff", "corresp");

  /** What separates the text so far from what comes next; the greatest asked for is written. */
  private enum Gap {
    NONE(""),
    SPACE(" "),
    CELL(" | "),
    BLOCK("\n\n");

    private final String text;

    Gap(String text) {
      this.text = text;
    }
  }

  private final StringBuilder text = new StringBuilder();
  private Gap gap = Gap.NONE;
  private boolean afterLabel;
  private int openRows;

  /** Writes the element that has just begun, up to its end. */
  void append(XmlCursor xml) throws XMLStreamException, ReadException {
    int top = xml.depth();
    begin(xml);
    while (true) {
      switch (xml.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          if (SKIPPED.contains(xml.name())) {
            xml.skip();
          } else {
            begin(xml);
          }
        }
        case XMLStreamConstants.END_ELEMENT -> {
          end(xml.name());
          if (xml.depth() == top) {
            return;
          }
        }
        case XMLStreamConstants.CHARACTERS,
            XMLStreamConstants.CDATA,
            XMLStreamConstants.SPACE,
            XMLStreamConstants.ENTITY_REFERENCE ->
            characters(xml.text());
        default -> {
          // Comments and processing instructions may stand within a word.
        }
      }
    }
  }

  /** The text in one line. */
  String line() {
    return text.toString().replace(Gap.BLOCK.text, " ");
  }

  @Override
  public String toString() {
    return text.toString();
  }

  private void begin(XmlCursor xml) {
    String name = xml.name();
    if (BLOCKS.contains(name)) {
      widen(openRows > 0 || afterLabel ? Gap.SPACE : Gap.BLOCK);
    } else if (CELLS.contains(name)) {
      widen(Gap.CELL);
    } else if (SPACES.contains(name)) {
      widen(Gap.SPACE);
    } else if (name.equals("xref") && MARKS.contains(xml.attribute("ref-type")) && followsWord()) {
      widen(Gap.SPACE);
    }
    if (ROWS.contains(name)) {
      openRows++;
    }
  }

  private void end(String name) {
    if (ROWS.contains(name)) {
      openRows--;
    }
    if (LABELS.contains(name)) {
      widen(Gap.SPACE);
      afterLabel = true;
    } else if (BLOCKS.contains(name)) {
      widen(openRows > 0 ? Gap.SPACE : Gap.BLOCK);
      afterLabel = false;
    } else if (SPACES.contains(name)) {
      widen(Gap.SPACE);
    }
  }

  private void characters(String characters) {
    for (int i = 0; i < characters.length(); i++) {
      char c = characters.charAt(i);
      if (Characters.isSpace(c)) {
        widen(Gap.SPACE);
      } else {
        if (!text.isEmpty()) {
          text.append(gap.text);
        }
        gap = Gap.NONE;
        afterLabel = false;
        text.append(c);
      }
    }
  }

  private void widen(Gap wanted) {
    if (wanted.compareTo(gap) > 0) {
      gap = wanted;
    }
  }

  /** Whether a raised mark written here would become part of a word, or hide a sentence's end. */
  private boolean followsWord() {
    if (gap != Gap.NONE || text.isEmpty()) {
      return false;
    }
    char last = text.charAt(text.length() - 1);
    return Character.isLetterOrDigit(last) || ".!?)".indexOf(last) >= 0;
  }
}
