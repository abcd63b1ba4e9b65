package org.irisgraph.document.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.regex.Pattern;
import org.irisgraph.document.ReadException;

/** Detects the format of a file from its first bytes, if its name does not tell. */
final class FormatSniffer {

  /** The number of bytes that {@link #sniff} needs. */
  static final int BYTES = 8 * 1024;

  private static final Pattern JATS =
      Pattern.compile("(?s)\\s*(?=<)(?!.*<html\\b).*?<(?:\\w+:)?(?:pmc-articleset|article)\\b.*");

  /** Comments and an XML declaration may precede it. */
  private static final Pattern HTML =
      Pattern.compile(
          "(?is)\\s*+(?:(?:<!--.*?-->|<\\?xml\\b[^>]*>)\\s*+)*+<(?:!doctype\\s++html|html)\\b");

  /** The first line begins as an object does and, if all of it is there, ends as one. */
  private static final Pattern JSON_LINE =
      Pattern.compile(
          "(?s)\\s*\\{[ \\t]*(?:\\}|\"[^\\n]*\\})[ \\t\\r]*(?:\\n.*)?|\\s*\\{[ \\t]*\"[^\\n]*");

  /** An array of objects, or an object over several lines. */
  private static final Pattern JSON =
      Pattern.compile("\\s*(?:\\[\\s*\\{\\s*[\"}]|\\{\\s*\"[^\"\\n]*\"\\s*:)");

  /**
   * PDF, RTF, Microsoft's containers, and zip files whose first entry is that of an office
   * document.
   */
  private static final Pattern OFFICE =
      Pattern.compile(
          "(?s)%PDF-|\\{\\\\rtf|\u00D0\u00CF\u0011\u00E0\u00A1\u00B1\u001A\u00E1"
              + "|PK\u0003\u0004.{26}(?:\\[Content_Types\\]\\.xml|_rels/\\.rels"
              + "|mimetype.{0,64}?application/(?:epub\\+zip|vnd\\.oasis\\.opendocument\\.))");

  private static final String ZIP = "PK\u0003\u0004";
  private static final String TAR = "ustar";
  private static final int TAR_OFFSET = 257;

  private FormatSniffer() {}

  /**
   * The format of the content.
   *
   * @param beginning the first {@value #BYTES} bytes, or all if there are fewer
   * @param encoding of text without a byte order mark
   * @throws ReadException if it is none that can be read
   */
  static InputFormat sniff(byte[] beginning, Charset encoding) throws ReadException {
    String text = TextEncoding.decode(beginning, encoding);
    // Before the check of the encoding, since a page may declare its own.
    if (text.indexOf('\0') < 0 && HTML.matcher(text).lookingAt()) {
      return InputFormat.HTML;
    }
    String latin = new String(beginning, ISO_8859_1);
    if (OFFICE.matcher(latin).lookingAt()) {
      return InputFormat.TIKA;
    }
    if (latin.startsWith(ZIP) || isTar(beginning)) {
      return InputFormat.ARCHIVE;
    }
    boolean isUtf8 = TextEncoding.marked(beginning).orElse(encoding).equals(UTF_8);
    if (text.indexOf('\0') >= 0 || (isUtf8 && !StrictUtf8.isPrefix(beginning))) {
      throw UnknownContent.describe(beginning);
    }
    if (JATS.matcher(text).matches()) {
      return InputFormat.JATS;
    }
    if (isJsonLines(text)) {
      return InputFormat.JSONL;
    }
    return JSON.matcher(text).lookingAt() ? InputFormat.JSON : InputFormat.TEXT;
  }

  /** The first bytes of a file, which are read again. */
  static byte[] beginning(BufferedInputStream content) throws IOException {
    content.mark(BYTES);
    byte[] beginning = content.readNBytes(BYTES);
    content.reset();
    return beginning;
  }

  /** Whether this is the beginning of a TAR archive, except one from before POSIX. */
  static boolean isTar(byte[] beginning) {
    return new String(beginning, ISO_8859_1).startsWith(TAR, TAR_OFFSET);
  }

  /** Whether the first line is an object by itself. */
  static boolean isJsonLines(String beginning) {
    return JSON_LINE.matcher(beginning).matches();
  }
}
