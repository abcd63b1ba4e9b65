package org.irisgraph.document.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.irisgraph.document.DocumentReader;
import org.irisgraph.document.DocumentSink;
import org.irisgraph.document.ReadException;
import org.irisgraph.document.ReadFailure;
import org.irisgraph.document.SourcePart;
import org.irisgraph.document.Splitter;
import org.irisgraph.document.ValidatingSink;
import org.irisgraph.document.format.LineReader.Line;

/**
 * Reads JSON Lines: each line is an object with the {@linkplain JsonFields fields} of a document.
 * Blank lines are ignored. JSON files are read in the same way, once their objects, alone, one
 * after the other or in an array, have been put on a line each.
 */
final class JsonLinesReader implements DocumentReader {

  private static final long serialVersionUID = 1L;

  private final String unit;
  private final Splitter splitter;

  JsonLinesReader() {
    this("line", LineSplitter::split);
  }

  /**
   * @param unit what positions count
   * @param splitter puts each object on a line
   */
  JsonLinesReader(String unit, Splitter splitter) {
    this.unit = unit;
    this.splitter = splitter;
  }

  @Override
  public Optional<Splitter> splitter() {
    return Optional.of(splitter);
  }

  @Override
  public void read(SourcePart part, InputStream content, DocumentSink sink) {
    ValidatingSink checked = new ValidatingSink(part, unit, sink);
    LineReader lines =
        new LineReader(content, Math.max(1, part.firstLine()), part.maxDocumentBytes());
    try {
      for (Optional<Line> line = lines.read(); line.isPresent(); line = lines.read()) {
        read(line.get(), part, checked);
      }
    } catch (IOException e) {
      checked.unreadable(lines.number(), null, e);
    }
  }

  private static void read(Line line, SourcePart part, ValidatingSink checked) {
    JsonFields fields = new JsonFields();
    try {
      if (line.tooLong()) {
        throw ReadException.tooLarge(part.maxDocumentBytes());
      }
      String json = StrictUtf8.decode(line.bytes());
      if (json.isBlank()) {
        return;
      }
      read(json, fields);
    } catch (JsonProcessingException e) {
      checked.unreadable(line.number(), fields.id(), ReadFailure.BAD_JSON, describe(e));
      return;
    } catch (IOException e) {
      checked.unreadable(line.number(), fields.id(), e);
      return;
    }
    checked.document(line.number(), fields.id(), fields.title(), fields.text(), fields.metadata());
  }

  private static void read(String json, JsonFields fields) throws IOException {
    try (JsonParser parser = JsonFields.MAPPER.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new ReadException(ReadFailure.BAD_JSON, "not a JSON object");
      }
      fields.read(parser);
      if (parser.nextToken() != null) {
        throw new ReadException(ReadFailure.BAD_JSON, "something follows the JSON object");
      }
    }
    fields.requireText();
  }

  private static String describe(JsonProcessingException e) {
    String column = e.getLocation() == null ? "" : ", at column " + e.getLocation().getColumnNr();
    return "not one JSON object" + column + ": " + e.getOriginalMessage();
  }
}
