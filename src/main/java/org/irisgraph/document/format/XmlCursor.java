package org.irisgraph.document.format;

import java.io.IOException;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.irisgraph.document.ReadException;
import org.irisgraph.document.ReadFailure;
import org.irisgraph.document.TrackedInputStream;

/**
 * Walks forward through an XML file in bounded memory, whatever the file's size. Names are local
 * names.
 */
final class XmlCursor {

  /** The DOCTYPE's text is not reliable (the JDK overwrites parts of it), but its end is. */
  private static final Pattern OWN_DECLARATIONS = Pattern.compile("(?s).*[^\\[\\s]\\s*]\\s*>");

  /** The most bytes that the parser reads ahead. */
  private static final int READ_AHEAD = 64 * 1024;

  private final TrackedInputStream content;
  private final int maxDocumentBytes;
  private final XMLStreamReader reader;
  private int depth;
  private boolean bounded;
  private int documentStart;

  XmlCursor(TrackedInputStream content, int maxDocumentBytes)
      throws XMLStreamException, IOException {
    this.content = content;
    this.maxDocumentBytes = maxDocumentBytes;
    allowOneMoreEvent();
    this.reader = XmlParser.open(content);
  }

  /** The number of open elements, including the one that has just begun or ended. */
  int depth() {
    return depth;
  }

  String name() {
    return reader.getLocalName();
  }

  /** The attribute of the element that has just begun, or an empty string. */
  String attribute(String name) {
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      if (reader.getAttributeLocalName(i).equals(name)) {
        return reader.getAttributeValue(i).strip();
      }
    }
    return "";
  }

  /** Limits reading to the allowed size until {@link #endDocument}. */
  void startDocument() {
    bounded = true;
    documentStart = reader.getLocation().getCharacterOffset();
  }

  void endDocument() {
    bounded = false;
  }

  /** Moves to the beginning of the next element in the file; false at the file's end. */
  boolean nextElement() throws XMLStreamException, ReadException {
    return nextWithin(0);
  }

  /**
   * Moves to the beginning of the next element, in document order, within the element that began at
   * this depth; false at that element's end.
   */
  boolean nextWithin(int parent) throws XMLStreamException, ReadException {
    while (true) {
      int event = next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        return true;
      }
      boolean ended = event == XMLStreamConstants.END_ELEMENT && depth == parent;
      if (ended || event == XMLStreamConstants.END_DOCUMENT) {
        return false;
      }
    }
  }

  /** Moves from an element's beginning to its end. */
  void skip() throws XMLStreamException, ReadException {
    skipTo(depth);
  }

  /** Moves to the end of the element that began at this depth, if it has not yet ended. */
  void skipTo(int parent) throws XMLStreamException, ReadException {
    while (!(reader.getEventType() == XMLStreamConstants.END_ELEMENT && depth == parent)) {
      next();
    }
  }

  /** Moves on by one event of {@link XMLStreamConstants}. */
  int next() throws XMLStreamException, ReadException {
    if (reader.getEventType() == XMLStreamConstants.END_ELEMENT) {
      depth--;
    }
    allowOneMoreEvent();
    int event = reader.next();
    if (event == XMLStreamConstants.START_ELEMENT) {
      depth++;
    }
    if (event == XMLStreamConstants.DTD && OWN_DECLARATIONS.matcher(reader.getText()).matches()) {
      throw new ReadException(
          ReadFailure.EXTERNAL_ENTITY,
          "the DOCTYPE has declarations, which are never resolved; remove its [...]");
    }
    if (bounded && reader.getLocation().getCharacterOffset() - documentStart > maxDocumentBytes) {
      throw ReadException.tooLarge(maxDocumentBytes);
    }
    return event;
  }

  /** The text of an event of characters or of an entity reference. */
  String text() throws ReadException {
    if (reader.getEventType() != XMLStreamConstants.ENTITY_REFERENCE) {
      return reader.getText();
    }
    String name = reader.getLocalName();
    return DtdEntities.text(name)
        .orElseThrow(
            () ->
                new ReadException(
                    ReadFailure.BAD_XML,
                    "line " + line() + ": the entity &" + name + "; is not known"));
  }

  int line() {
    return reader.getLocation().getLineNumber();
  }

  /** Bounds the memory that a single attribute or comment can take. */
  private void allowOneMoreEvent() {
    content.limit(
        content.count() + maxDocumentBytes + READ_AHEAD, ReadException.tooLarge(maxDocumentBytes));
  }
}
