package org.irisgraph.document.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.charset.Charset;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.function.Consumer;
import org.irisgraph.document.Decompression;
import org.irisgraph.document.DocumentReader;
import org.irisgraph.document.DocumentSink;
import org.irisgraph.document.ParseAttempts;
import org.irisgraph.document.ReadException;
import org.irisgraph.document.ReadFailure;
import org.irisgraph.document.SourceFile;
import org.irisgraph.document.SourceOpener;
import org.irisgraph.document.SourcePart;
import org.irisgraph.document.TrackedInputStream;
import org.irisgraph.document.ValidatingSink;
import org.irisgraph.document.tika.ParserSettings;

/**
 * Reads the documents of files in two steps, so that a large file can be spread over workers:
 * {@link #split} cuts it into chunks, {@link #read} turns a chunk into documents. All failures go
 * to the sink; nothing is thrown.
 */
public final class SourceReader implements Serializable {

  private static final long serialVersionUID = 1L;

  private final SourceOpener opener;
  private final InputFormat format;
  private final CsvLayout csv;
  private final TikaReader tika;
  private final int maxDocumentBytes;
  private final String encoding;

  /** Reads CSV by columns of the usual names. */
  public SourceReader(SourceOpener opener, InputFormat format, int maxDocumentBytes) {
    this(opener, format, CsvLayout.DEFAULT, maxDocumentBytes);
  }

  /**
   * @param format the format of all files, or {@link InputFormat#AUTO}
   * @param csv what the columns of CSV files mean
   * @param maxDocumentBytes the size above which a document is refused, at least 1
   */
  public SourceReader(
      SourceOpener opener, InputFormat format, CsvLayout csv, int maxDocumentBytes) {
    this(
        opener,
        format,
        csv,
        new TikaReader(ParserSettings.DEFAULT, ParseAttempts.UNCOUNTED, csv),
        maxDocumentBytes,
        UTF_8);
  }

  private SourceReader(
      SourceOpener opener,
      InputFormat format,
      CsvLayout csv,
      TikaReader tika,
      int maxDocumentBytes,
      Charset encoding) {
    if (maxDocumentBytes < 1) {
      throw new IllegalArgumentException("maxDocumentBytes must be at least 1");
    }
    this.opener = opener;
    this.format = format;
    this.csv = csv;
    this.tika = tika;
    this.maxDocumentBytes = maxDocumentBytes;
    this.encoding = encoding.name();
  }

  /** Sets the limits of parsing a document, and how attempts are counted. */
  public SourceReader parsing(ParserSettings settings, ParseAttempts attempts) {
    return new SourceReader(
        opener, format, csv, new TikaReader(settings, attempts, csv), maxDocumentBytes, encoding());
  }

  /** Sets the encoding of text, CSV and JSON without a byte order mark, and of undeclared HTML. */
  public SourceReader encodedIn(Charset charset) {
    return new SourceReader(opener, format, csv, tika, maxDocumentBytes, charset);
  }

  private Charset encoding() {
    return Charset.forName(encoding);
  }

  /** A worker starts to read; match each call by one of {@link #close}. */
  public void open() {
    if (format.mayBeRisky()) {
      tika.open();
    }
  }

  /** A worker has ended. */
  public void close() {
    tika.close();
  }

  /**
   * Cuts a file into chunks: runs of lines or records if its format has them, else one chunk that
   * stands for the whole file, which is opened here only if its name does not identify its format.
   *
   * @param failures takes what cannot be cut, and no documents
   */
  public void split(SourceFile file, Consumer<SourceChunk> chunks, DocumentSink failures) {
    SourcePart whole = whole(file);
    Optional<InputFormat> named =
        format == InputFormat.AUTO ? InputFormat.ofName(file.path()) : Optional.of(format);
    if (named.isPresent() && isReadAsWhole(named.get())) {
      chunks.accept(SourceChunk.wholeFile(whole, named.get()));
      return;
    }
    try (TrackedInputStream stored = new TrackedInputStream(open(file.source()));
        BufferedInputStream content = decompressed(file.source(), stored)) {
      InputFormat found = detect(named, content);
      if (found == InputFormat.ARCHIVE) {
        ArchiveEntries.read(content, stored, file, new EntrySplitter(chunks, failures));
      } else if (isReadAsWhole(found)) {
        chunks.accept(SourceChunk.wholeFile(whole, found));
      } else {
        cut(found, content, whole, chunks, failures);
      }
    } catch (IOException e) {
      unreadable(whole, e, failures);
    }
  }

  private SourcePart whole(SourceFile file) {
    return new SourcePart(file.source(), file.path(), file.modifiedMillis(), 0, maxDocumentBytes);
  }

  /** Cuts the files of an archive; one that is read as a whole becomes a chunk with its content. */
  private final class EntrySplitter implements ArchiveEntries.Visitor {

    private final Consumer<SourceChunk> chunks;
    private final DocumentSink failures;

    EntrySplitter(Consumer<SourceChunk> chunks, DocumentSink failures) {
      this.chunks = chunks;
      this.failures = failures;
    }

    @Override
    public void unreadable(SourceFile file, ReadException reason) {
      SourceReader.unreadable(whole(file), reason, failures);
    }

    @Override
    public void file(SourceFile file, TrackedInputStream unpacked) throws IOException {
      SourcePart whole = whole(file);
      try (BufferedInputStream content = decompressed(file.source(), unpacked)) {
        InputFormat found = detect(InputFormat.ofName(file.path()), content);
        if (found == InputFormat.ARCHIVE) {
          throw new ReadException(
              ReadFailure.UNKNOWN_FORMAT, "an archive within an archive: unpack the outer one");
        }
        if (!isReadAsWhole(found)) {
          cut(found, content, whole, chunks, failures);
          return;
        }
        byte[] bytes = WholeFile.bytes(whole, decoded(content, found));
        if (bytes.length == 0) {
          throw new ReadException(ReadFailure.BLANK_TEXT, "the file is empty");
        }
        chunks.accept(new SourceChunk(whole, found, bytes));
      } catch (IOException e) {
        if (unpacked.failure() != null) {
          throw e;
        }
        SourceReader.unreadable(whole, e, failures);
      }
    }
  }

  private InputFormat detect(Optional<InputFormat> named, BufferedInputStream content)
      throws IOException {
    InputFormat found = named.isPresent() ? named.get() : sniff(content);
    return found == InputFormat.JSON && format != InputFormat.JSON && isJsonLines(content)
        ? InputFormat.JSONL
        : found;
  }

  private boolean isReadAsWhole(InputFormat found) {
    return found != InputFormat.ARCHIVE && readerOf(found).splitter().isEmpty();
  }

  private void cut(
      InputFormat found,
      BufferedInputStream content,
      SourcePart whole,
      Consumer<SourceChunk> chunks,
      DocumentSink failures)
      throws IOException {
    // Most often an export that failed. CSV needs a header, which its reader misses.
    if (found != InputFormat.CSV && isBlank(content)) {
      throw new ReadException(ReadFailure.BLANK_TEXT, "the file is empty");
    }
    readerOf(found)
        .splitter()
        .orElseThrow()
        .split(
            decoded(content, found),
            whole,
            (part, lines) -> chunks.accept(new SourceChunk(part, found, lines)),
            failures);
  }

  /** Reads the documents of a chunk. */
  public void read(SourceChunk chunk, DocumentSink sink) {
    DocumentReader reader = readerOf(chunk.format());
    String source = chunk.part().source();
    try {
      if (!chunk.isWholeFile()) {
        reader.read(chunk.part(), new ByteArrayInputStream(chunk.lines()), sink);
        return;
      }
      try (InputStream stored = open(source);
          BufferedInputStream content = decompressed(source, stored)) {
        reader.read(chunk.part(), decoded(content, chunk.format()), sink);
      }
    } catch (IOException e) {
      unreadable(chunk.part(), e, sink);
    }
  }

  /**
   * Whether a file is known by its name, or by the format of all files, to have lines or records
   * that are read independently of each other. Those of JSON files are not, since a missing quote
   * makes several of them one.
   *
   * @param source its absolute path or URI
   */
  public boolean readsPositionsIndependently(String source) {
    Optional<InputFormat> known =
        format == InputFormat.AUTO || format == InputFormat.ARCHIVE
            ? InputFormat.ofName(source)
            : Optional.of(format);
    return known
        .filter(found -> found == InputFormat.JSONL || found == InputFormat.CSV)
        .isPresent();
  }

  /**
   * Whether a file is cut into lines, records or other files, as far as its name or the format of
   * all files says.
   */
  public boolean mayBeCut(SourceFile file) {
    Optional<InputFormat> named =
        format == InputFormat.AUTO ? InputFormat.ofName(file.path()) : Optional.of(format);
    return named.isEmpty() || !isReadAsWhole(named.get());
  }

  /** CSV, HTML and Tika have settings, so their readers belong to this run. */
  private DocumentReader readerOf(InputFormat found) {
    if (found == InputFormat.TIKA) {
      return tika;
    }
    if (found == InputFormat.HTML) {
      return new HtmlReader(encoding());
    }
    return found == InputFormat.CSV ? new CsvReader(csv) : found.reader();
  }

  private BufferedInputStream decoded(BufferedInputStream content, InputFormat found)
      throws IOException {
    return found.isEncodedText() ? TextEncoding.utf8(content, encoding()) : content;
  }

  private InputStream open(String source) throws ReadException {
    try {
      return opener.open(source);
    } catch (IOException e) {
      throw new ReadException(
          ReadFailure.CANNOT_OPEN, "the file cannot be opened: " + describe(e), e);
    }
  }

  private static BufferedInputStream decompressed(String source, InputStream stored)
      throws IOException {
    return new BufferedInputStream(Decompression.decompress(source, stored), FormatSniffer.BYTES);
  }

  private InputFormat sniff(BufferedInputStream content) throws IOException {
    return FormatSniffer.sniff(FormatSniffer.beginning(content), encoding());
  }

  /** JSON Lines are often named as JSON; as lines, one that is broken costs no other. */
  private boolean isJsonLines(BufferedInputStream content) throws IOException {
    byte[] beginning = FormatSniffer.beginning(content);
    return FormatSniffer.isJsonLines(TextEncoding.decode(beginning, encoding()));
  }

  private boolean isBlank(BufferedInputStream content) throws IOException {
    byte[] beginning = FormatSniffer.beginning(content);
    return beginning.length < FormatSniffer.BYTES
        && TextEncoding.decode(beginning, encoding()).isBlank();
  }

  private static void unreadable(SourcePart part, IOException cause, DocumentSink sink) {
    new ValidatingSink(part, "line", sink).unreadable(0, null, cause);
  }

  /** The messages of java.nio's exceptions are bare paths. */
  private static String describe(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "there is no such file";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    String message = e.getMessage();
    return e instanceof FileNotFoundException && message != null ? message : e.toString();
  }
}
