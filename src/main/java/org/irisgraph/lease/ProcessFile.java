package org.irisgraph.lease;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * A small file in which a process says what it does, beside an embedded database that it alone can
 * open. What a process that is dead has left there is not read.
 */
public final class ProcessFile {

  private static final ObjectMapper JSON =
      new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);

  private static final String SUFFIX = ".run";
  private static final String PROCESS = "process";
  private static final String CONTENT = "content";

  private final Path file;

  /** The file beside a database, which globs leave out with it. */
  public ProcessFile(Path database) {
    this.file = database.resolveSibling(database.getFileName() + SUFFIX);
  }

  /**
   * What a process has written, and where it runs.
   *
   * @param pid its id on the host
   */
  public record Written<T>(String host, long pid, T content) {}

  /** Replaces the file in one step, so that a reader never sees a part of it. */
  public void write(Object content) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    root.set(PROCESS, JSON.valueToTree(ProcessIdentity.current()));
    root.set(CONTENT, JSON.valueToTree(content));
    Path next = file.resolveSibling(file.getFileName() + "_next");
    try {
      Files.write(next, JSON.writeValueAsBytes(root));
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      Files.deleteIfExists(next);
      throw e;
    }
  }

  /** Deletes the file, if there is one. */
  public void delete() throws IOException {
    Files.deleteIfExists(file);
  }

  /**
   * Reads what a process says that is not known to be dead; empty if none does.
   *
   * @param type of the content, whose unknown members are left out
   */
  public <T> Optional<Written<T>> read(Class<T> type) {
    try {
      JsonNode root = JSON.readTree(Files.readAllBytes(file));
      ProcessIdentity process = JSON.treeToValue(root.path(PROCESS), ProcessIdentity.class);
      T content = JSON.treeToValue(root.path(CONTENT), type);
      return process == null
              || content == null
              || process.seenFrom(ProcessIdentity.current()) == ProcessIdentity.Liveness.DEAD
          ? Optional.empty()
          : Optional.of(new Written<>(process.host(), process.pid(), content));
    } catch (IOException | RuntimeException e) {
      // There is none, or it may not be read, or another program wrote it.
      return Optional.empty();
    }
  }
}
