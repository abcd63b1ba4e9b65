package org.irisgraph.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.irisgraph.ledger.DeadLetter;
import org.jspecify.annotations.Nullable;

/** Reads a file of dead letters in groups of lines. */
final class DeadLetterLines {

  /** The number of dead letters that are looked up in the ledger together. */
  static final int GROUP_LINES = 500;

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private DeadLetterLines() {}

  /**
   * A line that is not blank.
   *
   * @param number 1-based
   * @param bytes the line without its terminator
   * @param letter null if the line is broken
   * @param problem why the line is broken, else empty
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Line(long number, byte[] bytes, @Nullable DeadLetter letter, String problem) {

    boolean isBroken() {
      return letter == null;
    }
  }

  /** Takes a group of lines, in the file's order. */
  @FunctionalInterface
  interface Groups<E extends Exception> {
    void accept(List<Line> lines) throws IOException, E;
  }

  /** Reads all lines. */
  static <E extends Exception> void read(Path file, Groups<E> groups) throws IOException, E {
    try (InputStream content = new BufferedInputStream(Files.newInputStream(file))) {
      List<Line> group = new ArrayList<>();
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      long number = 0;
      for (int next = content.read(); next >= 0 || bytes.size() > 0; next = content.read()) {
        if (next >= 0 && next != '\n') {
          bytes.write(next);
          continue;
        }
        Line line = parse(++number, bytes.toByteArray());
        bytes.reset();
        if (line != null) {
          group.add(line);
        }
        if (group.size() == GROUP_LINES) {
          groups.accept(group);
          group = new ArrayList<>();
        }
        if (next < 0) {
          break;
        }
      }
      if (!group.isEmpty()) {
        groups.accept(group);
      }
    }
  }

  /** Parses a line; null if it is blank. */
  private static @Nullable Line parse(long number, byte[] bytes) throws IOException {
    JsonNode json;
    try {
      json = JSON.readTree(bytes);
    } catch (JsonProcessingException e) {
      return new Line(number, bytes, null, "no JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      return new Line(number, bytes, null, "no JSON: " + e.getMessage());
    }
    if (json == null || json.isMissingNode()) {
      return null;
    }
    if (!json.path("source").isTextual() || json.path("source").textValue().isBlank()) {
      return new Line(number, bytes, null, "the source is missing");
    }
    if (!json.path("position").canConvertToLong() || json.path("position").longValue() < 0) {
      return new Line(number, bytes, null, "the position is not a number of 0 or more");
    }
    return new Line(
        number,
        bytes,
        new DeadLetter(
            text(json, "documentId"),
            json.path("source").textValue(),
            json.path("position").longValue(),
            text(json, "stage"),
            text(json, "table"),
            text(json, "rowId"),
            text(json, "code"),
            text(json, "message"),
            text(json, "time")),
        "");
  }

  private static @Nullable String text(JsonNode json, String field) {
    return json.path(field).isTextual() ? json.path(field).textValue() : null;
  }
}
