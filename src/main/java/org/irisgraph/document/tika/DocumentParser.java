package org.irisgraph.document.tika;

import static org.irisgraph.document.ReadFailure.BAD_DOCUMENT;
import static org.irisgraph.document.ReadFailure.BLANK_TEXT;
import static org.irisgraph.document.ReadFailure.ENCRYPTED;
import static org.irisgraph.document.ReadFailure.NO_TEXT_LAYER;
import static org.irisgraph.document.ReadFailure.PARSER_CRASHED;
import static org.irisgraph.document.ReadFailure.ZIP_BOMB;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.tika.detect.CompositeDetector;
import org.apache.tika.detect.CompositeEncodingDetector;
import org.apache.tika.detect.Detector;
import org.apache.tika.detect.EncodingDetector;
import org.apache.tika.detect.microsoft.POIFSContainerDetector;
import org.apache.tika.detect.microsoft.ooxml.OPCPackageDetector;
import org.apache.tika.detect.zip.DefaultZipContainerDetector;
import org.apache.tika.detect.zip.OpenDocumentDetector;
import org.apache.tika.exception.EncryptedDocumentException;
import org.apache.tika.exception.TikaException;
import org.apache.tika.extractor.EmbeddedDocumentExtractor;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.mime.MimeTypes;
import org.apache.tika.parser.CompositeParser;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.parser.Parser;
import org.apache.tika.parser.epub.EpubParser;
import org.apache.tika.parser.html.HtmlEncodingDetector;
import org.apache.tika.parser.html.HtmlMapper;
import org.apache.tika.parser.html.JSoupParser;
import org.apache.tika.parser.mail.RFC822Parser;
import org.apache.tika.parser.microsoft.OfficeParser;
import org.apache.tika.parser.microsoft.OfficeParserConfig;
import org.apache.tika.parser.microsoft.ooxml.OOXMLParser;
import org.apache.tika.parser.microsoft.rtf.RTFParser;
import org.apache.tika.parser.odf.OpenDocumentParser;
import org.apache.tika.parser.pdf.PDFParser;
import org.apache.tika.parser.pdf.PDFParserConfig;
import org.apache.tika.parser.txt.Icu4jEncodingDetector;
import org.apache.tika.parser.txt.TXTParser;
import org.apache.tika.parser.txt.UniversalEncodingDetector;
import org.apache.tika.sax.SecureContentHandler;
import org.irisgraph.base.Causes;
import org.irisgraph.document.ReadException;
import org.xml.sax.ContentHandler;
import org.xml.sax.SAXException;

/**
 * Runs Tika's parsers of the supported formats, which are listed here: nothing else on the class
 * path is loaded, and no service files are needed in the jar. Attachments, images and embedded
 * files are skipped.
 */
final class DocumentParser {

  /** Replies to replies nest deeper than Tika's default of 100; elements are counted only. */
  private static final int MAX_DEPTH = 2000;

  private final int maxCharacters;
  private final Detector detector;
  private final Parser parser;
  private final ParseContext context = new ParseContext();

  DocumentParser(int maxCharacters) {
    this.maxCharacters = maxCharacters;
    MimeTypes types = MimeTypes.getDefaultMimeTypes();
    EncodingDetector encodings =
        new CompositeEncodingDetector(
            List.of(
                new HtmlEncodingDetector(),
                new UniversalEncodingDetector(),
                new Icu4jEncodingDetector()));
    this.detector =
        new CompositeDetector(
            types.getMediaTypeRegistry(),
            List.of(
                types,
                new POIFSContainerDetector(),
                new DefaultZipContainerDetector(
                    List.of(new OPCPackageDetector(), new OpenDocumentDetector()))));
    this.parser =
        new CompositeParser(
            types.getMediaTypeRegistry(),
            new PDFParser(),
            new OOXMLParser(),
            new OfficeParser(),
            new OpenDocumentParser(),
            new RTFParser(),
            new EpubParser(),
            new RFC822Parser(),
            // For the bodies of mail.
            new TXTParser(encodings),
            new JSoupParser(encodings));
    context.set(Parser.class, parser);
    context.set(Detector.class, detector);
    context.set(EncodingDetector.class, encodings);
    context.set(EmbeddedDocumentExtractor.class, new NothingEmbedded());
    context.set(HtmlMapper.class, new HidingHtmlMapper());
    context.set(PDFParserConfig.class, pdf());
    context.set(OfficeParserConfig.class, office());
  }

  private static PDFParserConfig pdf() {
    PDFParserConfig pdf = new PDFParserConfig();
    pdf.setOcrStrategy(PDFParserConfig.OCR_STRATEGY.NO_OCR);
    // Bookmarks repeat the headings.
    pdf.setExtractBookmarksText(false);
    // An unreadable page must fail the document, not be left out silently.
    pdf.setCatchIntermediateIOExceptions(false);
    return pdf;
  }

  private static OfficeParserConfig office() {
    OfficeParserConfig office = new OfficeParserConfig();
    // These stream, where the others build the document in memory.
    office.setUseSAXDocxExtractor(true);
    office.setUseSAXPptxExtractor(true);
    office.setIncludeSlideMasterContent(false);
    return office;
  }

  /**
   * Parses a file.
   *
   * @param name its name, which distinguishes mail from text
   * @throws ReadException if there is no text in it, or it cannot be read
   * @throws MachineFault if the machine and not the document caused the failure
   */
  ParsedDocument parse(Path file, String name) throws ReadException, MachineFault {
    Metadata metadata = new Metadata();
    metadata.set(TikaCoreProperties.RESOURCE_NAME_KEY, name);
    try (TikaInputStream content = TikaInputStream.get(file)) {
      if (content.getLength() == 0) {
        throw new ReadException(BLANK_TEXT, "the file is empty");
      }
      DocumentType type =
          new DocumentType(detector.detect(content, metadata).getBaseType().toString());
      type.check(file);
      metadata.set(Metadata.CONTENT_TYPE, type.mediaType());
      TextHandler text =
          type.isWorkbook() ? new SheetHandler(maxCharacters) : new PlainTextHandler(maxCharacters);
      if (text instanceof SheetHandler sheets && type.isOpenDocument()) {
        OpenDocumentSheets.read(file, sheets);
      } else {
        parse(content, text, metadata);
      }
      if (type.isPdf() && text.isEmpty()) {
        throw new ReadException(
            NO_TEXT_LAYER,
            "the PDF has pages but no text, as scanned ones have: run it through OCR first");
      }
      return DocumentMetadata.describe(type, text, metadata);
    } catch (ReadException e) {
      throw e;
    } catch (IOException
        | TikaException
        | SAXException
        | RuntimeException
        | StackOverflowError
        | LinkageError e) {
      Optional<MachineFault> fault = MachineFault.behind(e);
      if (fault.isPresent()) {
        throw fault.get();
      }
      throw explain(e);
    }
  }

  private void parse(TikaInputStream content, TextHandler text, Metadata metadata)
      throws IOException, SAXException, TikaException {
    SecureContentHandler guarded = new SecureContentHandler(text, content);
    guarded.setMaximumDepth(MAX_DEPTH);
    try {
      parser.parse(content, guarded, metadata, context);
    } catch (SAXException e) {
      guarded.throwIfCauseOf(e);
      throw e;
    }
  }

  private static ReadException explain(Throwable thrown) {
    if (Causes.of(thrown).anyMatch(DocumentParser::isEncryption)) {
      return new ReadException(
          ENCRYPTED, "the document is encrypted: save it without a password", thrown);
    }
    Optional<Throwable> bomb = Causes.of(thrown).filter(DocumentParser::isZipBomb).findFirst();
    if (bomb.isPresent()) {
      return new ReadException(
          ZIP_BOMB,
          "the file expands to far more than its size: " + bomb.get().getMessage(),
          thrown);
    }
    Throwable root = Causes.root(thrown);
    String what = root.getClass().getSimpleName() + ": " + root.getMessage();
    return root instanceof LinkageError
        ? new ReadException(PARSER_CRASHED, "the parser lacks a part: " + what, thrown)
        : new ReadException(BAD_DOCUMENT, "the document cannot be parsed: " + what, thrown);
  }

  private static boolean isEncryption(Throwable cause) {
    return cause instanceof EncryptedDocumentException
        || cause instanceof org.apache.poi.EncryptedDocumentException
        || cause instanceof InvalidPasswordException;
  }

  /** Tika and POI throw exceptions of general classes here, which only their messages identify. */
  private static boolean isZipBomb(Throwable cause) {
    return String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT).contains("zip bomb");
  }

  /** Skips attachments, images and everything else embedded in a file. */
  private static final class NothingEmbedded implements EmbeddedDocumentExtractor {

    @Override
    public boolean shouldParseEmbedded(Metadata metadata) {
      return false;
    }

    @Override
    public void parseEmbedded(
        InputStream stream, ContentHandler handler, Metadata metadata, boolean outputHtml) {
      // Some parsers call this without asking first.
    }
  }
}
