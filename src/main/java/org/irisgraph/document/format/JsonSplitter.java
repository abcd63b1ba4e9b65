package org.irisgraph.document.format;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.irisgraph.document.DocumentSink;
import org.irisgraph.document.ReadException;
import org.irisgraph.document.ReadFailure;
import org.irisgraph.document.SourcePart;
import org.irisgraph.document.Splitter.PartConsumer;
import org.irisgraph.document.ValidatingSink;

/**
 * Cuts a JSON file into its values: the elements of arrays at the top, and everything else at the
 * top. Brackets and quotes alone decide, so that a value which is not valid costs no other, and a
 * value that is too large is skipped in bounded memory. Each value becomes one line; a line break
 * in a string, which JSON forbids but some tools write, becomes its escape.
 *
 * <p>After a missing quote, text and structure are exchanged up to the next one, so that the value
 * may have swallowed others, in the worst case all others of the file.
 */
final class JsonSplitter {

  private static final int BUFFER_BYTES = 64 * 1024;
  private static final byte[] NO_HEAD = {};

  private final InputStream content;
  private final String source;
  private final int maxBytes;
  private final DocumentSink failures;
  private final ValidatingSink checked;
  private final LineBatcher runs;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private final ByteArrayOutputStream value = new ByteArrayOutputStream();
  private long number;
  private boolean inArray;
  private boolean inValue;
  private boolean inString;
  private boolean escaped;
  private boolean tooLong;
  private int depth;

  private JsonSplitter(
      InputStream content, SourcePart whole, PartConsumer parts, DocumentSink failures) {
    this.content = content;
    this.source = whole.source();
    this.maxBytes = whole.maxDocumentBytes();
    this.failures = failures;
    this.checked = new ValidatingSink(whole, "document", failures);
    this.runs = new LineBatcher(whole, NO_HEAD, parts);
  }

  /**
   * Delivers all values. One that is too long is reported with its number, as is the place at which
   * the content ends too early or could not be read further.
   */
  static void split(
      InputStream content, SourcePart whole, PartConsumer parts, DocumentSink failures) {
    new JsonSplitter(content, whole, parts, failures).split();
  }

  private void split() {
    try {
      for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
        for (int i = 0; i < read; i++) {
          scan(buffer[i]);
        }
      }
      boolean incomplete = inArray;
      end();
      runs.flush();
      if (number == 0 && !incomplete) {
        failures.empty(source, "no document");
      }
      if (incomplete) {
        checked.unreadable(
            number + 1,
            null,
            ReadFailure.UNCLOSED_ARRAY,
            "the file ends before the array does: its end is missing, or a quote or bracket before;"
                + " the elements after that place were not read");
      }
    } catch (IOException e) {
      runs.flush();
      checked.unreadable(number + 1, null, e);
    }
  }

  private void scan(byte next) {
    if (inString) {
      scanString(next);
    } else if (depth > 0) {
      scanNested(next);
    } else if ((next == ',' && (inArray || inValue))
        || next == ' '
        || next == '\n'
        || next == '\r'
        || next == '\t') {
      end();
    } else if (next == '[' && !inArray && !inValue) {
      inArray = true;
    } else if (next == ']' && inArray) {
      end();
      inArray = false;
    } else {
      begin(next);
      scanNested(next);
    }
  }

  /** An object or array ends the value before it, whose comma is missing. */
  private void begin(byte next) {
    if (inValue && (next == '{' || next == '[')) {
      end();
    }
    inValue = true;
  }

  private void scanNested(byte next) {
    append(next == '\n' || next == '\r' ? (byte) ' ' : next);
    if (next == '"') {
      inString = true;
    } else if (next == '{' || next == '[') {
      depth++;
    } else if ((next == '}' || next == ']') && depth > 0 && --depth == 0) {
      end();
    }
  }

  private void scanString(byte next) {
    if (next == '\n' || next == '\r') {
      if (!escaped) {
        append((byte) '\\');
      }
      append((byte) (next == '\n' ? 'n' : 'r'));
      escaped = false;
      return;
    }
    append(next);
    if (escaped) {
      escaped = false;
    } else if (next == '\\') {
      escaped = true;
    } else if (next == '"') {
      inString = false;
    }
  }

  private void append(byte next) {
    if (value.size() < maxBytes) {
      value.write(next);
    } else {
      tooLong = true;
    }
  }

  private void end() {
    if (!inValue) {
      return;
    }
    number++;
    if (tooLong) {
      runs.flush();
      checked.unreadable(number, null, ReadException.tooLarge(maxBytes));
    } else {
      runs.add(number, value.toByteArray());
    }
    value.reset();
    inValue = false;
    inString = false;
    escaped = false;
    tooLong = false;
    depth = 0;
  }
}
