package org.irisgraph.run;

import java.util.List;
import java.util.regex.Pattern;
import org.irisgraph.document.DocumentSink;
import org.irisgraph.document.SourceFile;
import org.irisgraph.document.format.SourceChunk;
import org.irisgraph.document.format.SourceReader;
import org.irisgraph.files.InputFiles;
import org.irisgraph.graph.Document;
import org.irisgraph.graph.Failure;
import org.irisgraph.graph.Origin;
import org.jspecify.annotations.Nullable;

/**
 * Estimates how many documents some files have. Files of lines, of records or of other files are
 * taken to have as many for each byte as the beginnings of a few of them.
 */
final class DocumentEstimate {

  private static final int FILES = 16;
  private static final long BYTES_OF_A_FILE = 64 * 1024;

  /**
   * What TAR, and ZIP for a name of usual length if it were text, take for a file beside its
   * content.
   */
  private static final long BYTES_OF_AN_ENTRY = 500;

  private static final Pattern SHEET = Pattern.compile("(?i)\\.(xlsx|xlsm|xls|ods)$");

  /** What a row of one short sentence takes in a sheet. */
  private static final long BYTES_OF_A_ROW = 30;

  private final SourceReader reader;
  private final InputFiles files;
  private long sampledBytes;
  private long sampledDocuments;

  private DocumentEstimate(SourceReader reader, InputFiles files) {
    this.reader = reader;
    this.files = files;
  }

  /** What cannot be read is no document here; the run reports it. */
  static long of(SourceReader reader, InputFiles files) {
    List<SourceFile> cut = files.files().stream().filter(reader::mayBeCut).toList();
    DocumentEstimate estimate = new DocumentEstimate(reader, files);
    int looked = Math.min(cut.size(), FILES);
    for (int i = 0; i < looked; i++) {
      estimate.sample(cut.get((int) ((long) i * cut.size() / looked)));
    }
    long rows =
        files.files().stream()
            .filter(file -> SHEET.matcher(file.path()).find())
            .mapToLong(file -> files.bytes(file) / BYTES_OF_A_ROW)
            .sum();
    int single = files.files().size() - cut.size();
    if (estimate.sampledBytes == 0) {
      return single + rows;
    }
    long bytes = cut.stream().mapToLong(files::textBytes).sum();
    return single
        + rows
        + Math.round((double) bytes * estimate.sampledDocuments / estimate.sampledBytes);
  }

  private void sample(SourceFile file) {
    long enough = sampledBytes + BYTES_OF_A_FILE;
    InputSample.cut(
        reader,
        file,
        chunk -> {
          count(chunk);
          sampledBytes += chunk.lines().length > 0 ? chunk.lines().length : files.textBytes(file);
          return sampledBytes < enough;
        },
        new Counting());
  }

  private void count(SourceChunk chunk) {
    switch (chunk.format()) {
      case JSONL, JSON, CSV -> reader.read(chunk, new Counting());
      default -> {
        sampledDocuments++;
        // The size of a file is that of its content.
        sampledBytes += chunk.lines().length > 0 ? BYTES_OF_AN_ENTRY : 0;
      }
    }
  }

  private final class Counting implements DocumentSink {

    @Override
    public void document(Document document) {
      sampledDocuments++;
    }

    @Override
    public void unreadable(Origin origin, @Nullable String documentId, Failure failure) {}
  }
}
