package org.irisgraph.document.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.irisgraph.document.Decompression;
import org.irisgraph.document.SourceFile;
import org.irisgraph.document.SourceOpener;

/**
 * Guesses what the columns of a CSV file mean, from its first records: the text is the column with
 * the most characters, the id the first whose values are all different, of those that are named as
 * an id if there are any.
 *
 * @param columns the names of all columns
 * @param layout what they most likely mean
 */
public record CsvGuess(List<String> columns, CsvLayout layout) {

  private static final int RECORDS = 50;

  /** A bound, since a quote that is not closed makes the rest of a file one record. */
  private static final int BYTES = 16_000_000;

  public CsvGuess {
    columns = List.copyOf(columns);
  }

  /**
   * Looks at a file; empty if it cannot be read, or nothing in it can be the text and the id of
   * documents.
   */
  public static Optional<CsvGuess> of(SourceOpener opener, SourceFile file) {
    byte[] beginning;
    try (InputStream stored = opener.open(file.source());
        InputStream content = Decompression.decompress(file.source(), stored)) {
      beginning = content.readNBytes(BYTES);
    } catch (IOException e) {
      return Optional.empty();
    }
    char usual = CsvLayout.DEFAULT.delimiterOf(file.path());
    List<CSVRecord> best = List.of();
    char delimiter = usual;
    for (char candidate : new char[] {usual, ';', '\t', '|'}) {
      List<CSVRecord> records = records(beginning, candidate);
      if (columns(records) > columns(best)) {
        best = records;
        delimiter = candidate;
      }
    }
    return of(best, delimiter == usual ? 0 : delimiter);
  }

  private static int columns(List<CSVRecord> records) {
    return records.isEmpty() ? 0 : records.get(0).size();
  }

  private static List<CSVRecord> records(byte[] beginning, char delimiter) {
    CSVFormat format = CSVFormat.Builder.create().setDelimiter(delimiter).setQuote('"').build();
    BufferedInputStream content = new BufferedInputStream(new ByteArrayInputStream(beginning));
    try (CSVParser parser =
        CSVParser.parse(new InputStreamReader(TextEncoding.utf8(content, UTF_8), UTF_8), format)) {
      return parser.stream().limit(RECORDS).toList();
    } catch (IOException | UncheckedIOException | IllegalStateException e) {
      // No CSV with this delimiter.
      return List.of();
    }
  }

  private static boolean hasWords(List<CSVRecord> rows, int column) {
    return rows.stream().anyMatch(row -> row.get(column).strip().indexOf(' ') > 0);
  }

  private static Optional<CsvGuess> of(List<CSVRecord> records, char delimiter) {
    if (records.size() < 2) {
      return Optional.empty();
    }
    List<String> columns = records.get(0).stream().map(String::strip).toList();
    List<CSVRecord> rows =
        records.stream().skip(1).filter(row -> row.size() == columns.size()).toList();
    int text =
        all(columns).max(Comparator.comparingInt(column -> characters(rows, column))).orElseThrow();
    if (!hasWords(rows, text)) {
      return Optional.empty();
    }
    return all(columns)
        .filter(column -> column != text && isUnique(rows, column))
        .min(Comparator.comparing(column -> !isNamedAsId(columns.get(column))))
        .map(
            id ->
                new CsvGuess(
                    columns,
                    new CsvLayout(
                        columns.get(id), columns.get(text), CsvLayout.DEFAULT.title(), delimiter)));
  }

  private static Stream<Integer> all(List<String> columns) {
    return IntStream.range(0, columns.size()).boxed();
  }

  private static int characters(List<CSVRecord> rows, int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).sum();
  }

  private static boolean isUnique(List<CSVRecord> rows, int column) {
    return rows.stream()
            .map(row -> row.get(column))
            .filter(value -> !value.isBlank())
            .distinct()
            .count()
        == rows.size();
  }

  private static boolean isNamedAsId(String column) {
    return column.matches("(?i)(.*[^a-z])?(id|uid|uuid|pmid|key|doi)|.*[a-z]I[dD]");
  }
}
