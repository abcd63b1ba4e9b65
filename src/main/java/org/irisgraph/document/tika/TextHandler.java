package org.irisgraph.document.tika;

import java.util.List;
import org.irisgraph.document.tika.Sheets.Sheet;
import org.jspecify.annotations.Nullable;
import org.xml.sax.helpers.DefaultHandler;

/** Collects the text of a document from Tika's XHTML events, up to a limit. */
abstract class TextHandler extends DefaultHandler {

  /** The text so far; its last character may be half of a pair. */
  abstract String text();

  /** The rows so far, if the document is a workbook. */
  @Nullable List<Sheet> sheets() {
    return null;
  }

  abstract boolean isEmpty();

  /** Whether the text exceeded the limit. */
  abstract boolean isCut();
}
