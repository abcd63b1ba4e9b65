package org.irisgraph.run;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.irisgraph.document.DocumentSink;
import org.irisgraph.document.SourceFile;
import org.irisgraph.document.format.SourceChunk;
import org.irisgraph.document.format.SourceReader;
import org.irisgraph.graph.Document;
import org.irisgraph.graph.Failure;
import org.irisgraph.graph.Origin;
import org.irisgraph.jdbc.Database;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.plan.ReaderSettings;
import org.irisgraph.source.FindRangesFn;
import org.irisgraph.table.KeyRange;
import org.irisgraph.table.RangeReader;
import org.irisgraph.table.TableSource;
import org.joda.time.Duration;
import org.jspecify.annotations.Nullable;

/** A few documents of the input, from files all over it, or the first of a table. */
public final class InputSample {

  private static final int DOCUMENTS = 16;

  /** Characters of a document that are looked at. */
  private static final int BEGINNING = 20_000;

  private final List<Document> documents = new ArrayList<>();
  private @Nullable Failure failure;

  private InputSample() {}

  /** Reads the sample; what cannot be read is not in it, since the run reports it. */
  static List<Document> of(IndexingOptions options)
      throws IOException, SQLException, StoreException, InterruptedException {
    InputSample sample = new InputSample();
    Optional<TableSource> table = InputTable.describe(options);
    if (table.isPresent()) {
      sample.readTable(table.get(), options);
    } else {
      sample.readFiles(options);
    }
    return sample.documents;
  }

  /**
   * Tries to read some files with the options of reading.
   *
   * @return why the first document that cannot be read is not one; empty if one can be read
   */
  public static Optional<Failure> problem(IndexingOptions options, List<SourceFile> files) {
    InputSample sample = new InputSample();
    SourceReader reader = ReaderSettings.uncounted(options);
    reader.open();
    try {
      for (SourceFile file : files) {
        sample.readFile(reader, file, 1);
        if (!sample.documents.isEmpty()) {
          return Optional.empty();
        }
      }
    } finally {
      reader.close();
    }
    return Optional.ofNullable(sample.failure);
  }

  /** The first {@value #BEGINNING} characters of a document, or a half of a pair less. */
  static Document beginning(Document document) {
    String text = document.text();
    if (text.length() <= BEGINNING) {
      return document;
    }
    int end = Character.isHighSurrogate(text.charAt(BEGINNING - 1)) ? BEGINNING - 1 : BEGINNING;
    return new Document(
        document.id(), document.origin(), text.substring(0, end), document.metadata());
  }

  private void readFiles(IndexingOptions options) throws IOException {
    List<SourceFile> files = List.copyOf(ReaderSettings.files(options).files());
    int looked = Math.min(files.size(), DOCUMENTS);
    SourceReader reader = ReaderSettings.uncounted(options);
    reader.open();
    try {
      for (int file = 0; file < looked; file++) {
        int most = (file + 1) * DOCUMENTS / looked;
        readFile(
            reader,
            files.get((int) ((long) file * files.size() / looked)),
            most - documents.size());
      }
    } finally {
      reader.close();
    }
  }

  private void readFile(SourceReader reader, SourceFile file, int most) {
    Reading reading = new Reading(most);
    cut(
        reader,
        file,
        chunk -> {
          reader.read(chunk, reading);
          return !reading.isFull();
        },
        reading);
  }

  /**
   * Cuts the beginning of a file.
   *
   * @param isMoreWanted takes each chunk, and says whether to go on
   */
  static void cut(
      SourceReader reader,
      SourceFile file,
      Predicate<SourceChunk> isMoreWanted,
      DocumentSink failures) {
    try {
      reader.split(
          file,
          chunk -> {
            if (!isMoreWanted.test(chunk)) {
              throw new FullException();
            }
          },
          failures);
    } catch (FullException e) {
      // The rest of the file is not needed.
    }
  }

  private void readTable(TableSource table, IndexingOptions options)
      throws StoreException, InterruptedException {
    Reading reading = new Reading(DOCUMENTS);
    try (Database database = Database.acquire(table.connection())) {
      RangeReader reader =
          new RangeReader(table, database, Duration.standardSeconds(options.getRetrySeconds()));
      for (KeyRange range : FindRangesFn.ranges(reader, table)) {
        reader.read(range, reading, reading::isFull);
        if (reading.isFull()) {
          return;
        }
      }
    }
  }

  /** Ends the cutting of a file. */
  private static final class FullException extends RuntimeException {
    private static final long serialVersionUID = 1;

    FullException() {
      super(null, null, false, false);
    }
  }

  /** Takes documents up to a number. */
  private final class Reading implements DocumentSink {

    private int left;

    Reading(int most) {
      left = most;
    }

    boolean isFull() {
      return left <= 0;
    }

    @Override
    public void document(Document document) {
      if (!isFull()) {
        documents.add(document);
        left--;
      }
    }

    @Override
    public void unreadable(Origin origin, @Nullable String documentId, Failure failure) {
      if (InputSample.this.failure == null) {
        InputSample.this.failure = failure;
      }
    }
  }
}
