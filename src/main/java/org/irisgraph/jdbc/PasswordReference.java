package org.irisgraph.jdbc;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A reference to a password: {@code env:NAME}, {@code file:PATH}, or none for the empty password.
 * The job carries the reference and resolves it where it connects, because Flink's web page shows
 * everything that a job carries.
 */
public final class PasswordReference implements Serializable {

  private static final String ENVIRONMENT = "env:";
  private static final String FILE = "file:";

  private final String reference;

  private PasswordReference(String reference) {
    this.reference = reference;
  }

  /**
   * Parses the reference; reads nothing yet.
   *
   * @param reference {@code env:NAME}, {@code file:PATH}, or null for the empty password
   * @throws IllegalArgumentException if it is none of these; the message does not repeat it, since
   *     it may be the password itself
   */
  public static PasswordReference of(@Nullable String reference) {
    if (reference == null) {
      return new PasswordReference("");
    }
    for (String kind : new String[] {ENVIRONMENT, FILE}) {
      if (reference.startsWith(kind) && reference.length() > kind.length()) {
        return new PasswordReference(reference);
      }
    }
    throw new IllegalArgumentException("a password is given as env:NAME or file:PATH");
  }

  /**
   * Reads the password, anew on each call, so that a changed one needs no restart.
   *
   * @throws IllegalStateException if the variable is not set or the file cannot be read
   */
  public String resolve() {
    return resolve(System::getenv);
  }

  String resolve(Function<String, @Nullable String> environment) {
    if (reference.startsWith(ENVIRONMENT)) {
      String name = reference.substring(ENVIRONMENT.length());
      String password = environment.apply(name);
      if (password == null) {
        throw new IllegalStateException("environment variable " + name + " is not set");
      }
      return password;
    }
    return reference.startsWith(FILE) ? read(reference.substring(FILE.length())) : "";
  }

  private static String read(String file) {
    try {
      String content = Files.readString(Path.of(file));
      // Editors and `echo` add a line break that is not part of the password.
      return content.replaceFirst("\\r?\\n\\z", "");
    } catch (NoSuchFileException e) {
      throw new IllegalStateException("secret file " + file + " does not exist", e);
    } catch (AccessDeniedException e) {
      throw new IllegalStateException("secret file " + file + " may not be read", e);
    } catch (IOException | InvalidPathException e) {
      throw new IllegalStateException("secret file " + file + " cannot be read", e);
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PasswordReference that && reference.equals(that.reference);
  }

  @Override
  public int hashCode() {
    return reference.hashCode();
  }

  /** The reference, never the password. */
  @Override
  public String toString() {
    return reference.isEmpty() ? "none" : reference;
  }
}
