package org.irisgraph.document.tika;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.irisgraph.document.ReadFailure.BAD_DOCUMENT;
import static org.irisgraph.document.ReadFailure.ENCRYPTED;
import static org.irisgraph.document.ReadFailure.UNSUPPORTED_FORMAT;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.irisgraph.document.ReadException;

/**
 * Checks the type of a file and that it is complete: Tika's parsers accept truncated files, and the
 * missing text would go unnoticed.
 *
 * @param mediaType as Tika names it
 */
record DocumentType(String mediaType) {

  private static final String PDF = "application/pdf";

  private static final String RTF = "application/rtf";

  private static final String RTF_BEGINNING = "{\\rtf";

  private static final String OOXML = "application/vnd.openxmlformats-officedocument.";

  /** The last line is expected within so many bytes (PDF 32000-1, implementation note 18). */
  private static final int PDF_END = 1024;

  private static final Set<String> WORKBOOKS =
      Set.of(
          OOXML + "spreadsheetml.sheet",
          OOXML + "spreadsheetml.template",
          "application/vnd.ms-excel.sheet.macroenabled.12",
          "application/vnd.oasis.opendocument.spreadsheet");

  private static final String OLD_WORKBOOK = "application/vnd.ms-excel";

  private static final Set<String> ZIP =
      Set.of(
          OOXML + "wordprocessingml.document",
          OOXML + "wordprocessingml.template",
          OOXML + "presentationml.presentation",
          OOXML + "presentationml.slideshow",
          "application/vnd.ms-word.document.macroenabled.12",
          "application/vnd.ms-powerpoint.presentation.macroenabled.12",
          "application/vnd.oasis.opendocument.text",
          "application/vnd.oasis.opendocument.presentation",
          "application/epub+zip");

  private static final Set<String> OTHERS =
      Set.of(
          PDF,
          "application/msword",
          "application/vnd.ms-powerpoint",
          "application/vnd.ms-outlook",
          OLD_WORKBOOK,
          RTF,
          "message/rfc822");

  /** Encrypted containers of Microsoft's formats. */
  private static final Set<String> LOCKED =
      Set.of("application/x-tika-ooxml-protected", "application/x-tika-ole-drm-encrypted");

  /**
   * Throws if the file is encrypted, truncated or of another format.
   *
   * @throws ReadException with the reason
   */
  void check(Path file) throws IOException {
    if (LOCKED.contains(mediaType)) {
      throw encrypted();
    }
    if (mediaType.equals(PDF)) {
      checkEnd(file);
    } else if (mediaType.equals(RTF)) {
      checkBeginning(file);
    } else if (ZIP.contains(mediaType) || WORKBOOKS.contains(mediaType)) {
      checkDirectory(file);
    } else if (!OTHERS.contains(mediaType)) {
      throw new ReadException(
          UNSUPPORTED_FORMAT,
          "%s is none of the formats that inputFormat=tika reads: PDF, Word, PowerPoint,"
                  .formatted(mediaType)
              + " Excel, OpenDocument, RTF, EPUB and mail; save it in one of them");
    }
  }

  static ReadException encrypted() {
    return new ReadException(ENCRYPTED, "the document is encrypted: save it without a password");
  }

  /** The parser of a truncated PDF reads the pages that it finds. */
  private static void checkEnd(Path file) throws IOException {
    try (RandomAccessFile pdf = new RandomAccessFile(file.toFile(), "r")) {
      byte[] end = new byte[(int) Math.min(pdf.length(), PDF_END)];
      pdf.seek(pdf.length() - end.length);
      pdf.readFully(end);
      if (!new String(end, ISO_8859_1).contains("%%EOF")) {
        throw new ReadException(
            BAD_DOCUMENT, "the PDF ends too early: there is no %%EOF at its end");
      }
    }
  }

  /** The parser finds no text in a file that is not RTF. */
  private static void checkBeginning(Path file) throws IOException {
    try (InputStream rtf = Files.newInputStream(file)) {
      if (!new String(rtf.readNBytes(RTF_BEGINNING.length()), ISO_8859_1).equals(RTF_BEGINNING)) {
        throw new ReadException(BAD_DOCUMENT, "the file does not begin as RTF does");
      }
    }
  }

  /** A zip file's directory is at its end. */
  private static void checkDirectory(Path file) throws IOException {
    try {
      new ZipFile(file.toFile()).close();
    } catch (ZipException e) {
      throw new ReadException(
          BAD_DOCUMENT, "the file is damaged or ends too early: " + e.getMessage(), e);
    }
  }

  /** Whether its rows are documents. */
  boolean isWorkbook() {
    return WORKBOOKS.contains(mediaType) || mediaType.equals(OLD_WORKBOOK);
  }

  boolean isOpenDocument() {
    return mediaType.startsWith("application/vnd.oasis.opendocument.");
  }

  boolean isPdf() {
    return mediaType.equals(PDF);
  }
}
