package org.irisgraph.document.format;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import org.irisgraph.document.AllowedCharacters;
import org.irisgraph.document.FlowText;
import org.irisgraph.document.FlowText.Gap;
import org.irisgraph.document.RaisedText;
import org.irisgraph.document.ReadException;

/**
 * Renders JATS elements as plain text: a blank line between blocks, one space for any white space
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

  /** Elements that precede the block that they name, on the same line. */
  private static final Set<String> LABELS = Set.of("label", "term");

  /** References, and elements that a page does not show. */
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

  /** Cross-references printed as raised marks after a word, not as words of the sentence. */
  private static final Set<String> MARKS = Set.of("bibr", "fn", "table-fn", "aff", "corresp");

  private final FlowText text = new FlowText();
  private boolean afterLabel;
  private final Deque<OpenElement> formulas = new ArrayDeque<>();
  private int openRows;
  private boolean hasReference;
  private boolean isRaised;

  /** An element of a formula between whose parts something is written. */
  private static final class OpenElement {
    private final String name;
    private final int depth;
    private int parts;

    OpenElement(String name, int depth) {
      this.name = name;
      this.depth = depth;
    }
  }

  /** Appends the current element to its end. */
  void append(XmlCursor xml) throws XMLStreamException, ReadException {
    int top = xml.depth();
    begin(xml);
    while (true) {
      switch (xml.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          if (SKIPPED.contains(xml.name())) {
            xml.skip();
          } else if (xml.name().equals("sup") && !isRaised) {
            appendRaised(xml);
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
          // Comments and processing instructions may be inside a word.
        }
      }
    }
  }

  /** The text in one line. */
  String line() {
    return text.line();
  }

  @Override
  public String toString() {
    return text.toString();
  }

  private void appendRaised(XmlCursor xml) throws XMLStreamException, ReadException {
    JatsText raised = new JatsText();
    raised.isRaised = true;
    raised.append(xml);
    String line = raised.line();
    characters(
        RaisedText.after(text.tail(RaisedText.LOOK_BEHIND), line, raised.hasReference).separator());
    characters(line);
  }

  private void begin(XmlCursor xml) {
    String name = xml.name();
    beginPart(xml);
    hasReference |= name.equals("xref");
    if (BLOCKS.contains(name)) {
      text.widen(openRows > 0 || afterLabel ? Gap.SPACE : Gap.BLOCK);
    } else if (CELLS.contains(name)) {
      text.widen(Gap.CELL);
    } else if (SPACES.contains(name)) {
      text.widen(Gap.SPACE);
    } else if (name.equals("xref") && MARKS.contains(xml.attribute("ref-type")) && followsWord()) {
      text.widen(Gap.SPACE);
    }
    if (ROWS.contains(name)) {
      openRows++;
    }
  }

  /** Writes what is between the parts of a formula. */
  private void beginPart(XmlCursor xml) {
    while (!formulas.isEmpty() && formulas.peek().depth >= xml.depth()) {
      formulas.pop();
    }
    if (!formulas.isEmpty() && formulas.peek().depth == xml.depth() - 1) {
      characters(Formula.separator(formulas.peek().name, ++formulas.peek().parts));
    }
    if (Formula.hasParts(xml.name())) {
      formulas.push(new OpenElement(xml.name(), xml.depth()));
    }
  }

  private void end(String name) {
    if (ROWS.contains(name)) {
      openRows--;
    }
    if (LABELS.contains(name)) {
      text.widen(Gap.SPACE);
      afterLabel = true;
    } else if (BLOCKS.contains(name)) {
      text.widen(openRows > 0 ? Gap.SPACE : Gap.BLOCK);
      afterLabel = false;
    } else if (SPACES.contains(name)) {
      text.widen(Gap.SPACE);
    }
  }

  private void characters(String characters) {
    for (int i = 0; i < characters.length(); i++) {
      char c = characters.charAt(i);
      if (AllowedCharacters.isSpace(c)) {
        text.widen(Gap.SPACE);
      } else {
        afterLabel = false;
        text.append(c);
      }
    }
  }

  /** Whether a raised mark written here would become part of a word, or hide a sentence's end. */
  private boolean followsWord() {
    if (text.gap() != Gap.NONE || text.isEmpty()) {
      return false;
    }
    char last = text.last();
    return Character.isLetterOrDigit(last) || ".!?)".indexOf(last) >= 0;
  }
}
