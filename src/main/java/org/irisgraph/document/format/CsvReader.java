package org.irisgraph.document.format;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Consumer;
import org.irisgraph.document.DocumentReader;
import org.irisgraph.document.DocumentSink;
import org.irisgraph.document.ReadException;
import org.irisgraph.document.SourcePart;
import org.irisgraph.document.Splitter;
import org.irisgraph.document.Splitter.PartConsumer;
import org.irisgraph.document.ValidatingSink;
import org.irisgraph.document.format.CsvRecords.CsvRecord;

/**
 * CSV: the first line names the columns, and each following record is a document with the columns
 * {@code id}, {@code text} and optionally {@code title}, or those that the layout names. The other
 * non-empty columns are its metadata. Blank records are ignored. A part of a file begins with the
 * file's header.
 */
final class CsvReader implements DocumentReader {

  private static final long serialVersionUID = 1L;

  private final CsvLayout layout;

  CsvReader(CsvLayout layout) {
    this.layout = layout;
  }

  @Override
  public Optional<Splitter> splitter() {
    return Optional.of(this::split);
  }

  @Override
  public void read(SourcePart part, InputStream content, DocumentSink sink) {
    ValidatingSink checked = new ValidatingSink(part, "record", sink);
    open(content, part, checked)
        .ifPresent(
            records ->
                drain(records, record -> records.header().deliver(record, checked), checked));
  }

  /** Cuts after records. Broken records are reported here, so parts have valid ones only. */
  private void split(
      InputStream content, SourcePart whole, PartConsumer parts, DocumentSink failures) {
    ValidatingSink checked = new ValidatingSink(whole, "record", failures);
    open(content, whole, checked)
        .ifPresent(
            records -> {
              LineBatcher runs = new LineBatcher(whole, records.header().line(), parts);
              drain(records, record -> runs.add(record.number(), record.bytes()), checked);
              runs.flush();
              if (records.number() == 1) {
                failures.empty(whole.source(), "a header, but no record");
              }
            });
  }

  private Optional<CsvRecords> open(InputStream content, SourcePart part, ValidatingSink checked) {
    try {
      return Optional.of(
          new CsvRecords(
              content,
              layout,
              layout.delimiterOf(part.path()),
              Math.max(1, part.firstLine()),
              part.maxDocumentBytes()));
    } catch (IOException e) {
      checked.unreadable(0, null, e);
      return Optional.empty();
    }
  }

  private static void drain(CsvRecords records, Consumer<CsvRecord> valid, ValidatingSink checked) {
    try {
      for (Optional<CsvRecord> next = records.next(); next.isPresent(); next = records.next()) {
        CsvRecord record = next.get();
        ReadException problem = record.problem();
        if (problem == null) {
          valid.accept(record);
        } else {
          checked.unreadable(record.number(), null, problem);
        }
      }
    } catch (IOException e) {
      checked.unreadable(records.number(), null, e);
    }
  }
}
